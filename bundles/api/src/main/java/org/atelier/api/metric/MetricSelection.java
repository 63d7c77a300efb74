package org.atelier.api.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A metric that an evaluation measures with.
 *
 * @param name the metric's {@link org.atelier.api.Plugins#NAME}
 * @param options by the user's names, in order: Boolean, Number, String or a List of them; an option that is not here has its
 *     default
 */
public record MetricSelection(String name, Map<String, Object> options) {

    /** Copies what could be changed from outside. */
    public MetricSelection {
        Objects.requireNonNull(name, "name");
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** A metric with the default of every option. */
    public static MetricSelection of(String name) {
        return new MetricSelection(name, Map.of());
    }
}
