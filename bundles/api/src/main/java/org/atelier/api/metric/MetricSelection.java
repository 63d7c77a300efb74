package org.atelier.api.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A metric to use in an evaluation.
 *
 * @param name the metric's {@link org.atelier.api.Plugins#NAME}
 * @param options by name, in order: Boolean, Number, String or a List of them; absent options have their defaults
 */
public record MetricSelection(String name, Map<String, Object> options) {

    /** Makes defensive copies. */
    public MetricSelection {
        Objects.requireNonNull(name, "name");
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** A metric with default options. */
    public static MetricSelection of(String name) {
        return new MetricSelection(name, Map.of());
    }
}
