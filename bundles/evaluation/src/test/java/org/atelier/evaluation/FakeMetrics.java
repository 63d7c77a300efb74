package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;
import static org.atelier.api.AtelierException.Code.PLUGIN_FAILED;
import static org.atelier.api.AtelierException.Code.PLUGIN_WITHDRAWN;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.atelier.api.AtelierException;
import org.atelier.api.metric.MetricHandle;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.metric.SetMetric;

/** Provides the metrics of a test, each with the option {@code depth}, and records which are in use. */
final class FakeMetrics implements MetricProvider {

    final Map<String, SetMetric> here = new TreeMap<>();
    final Set<String> broken = new TreeSet<>();
    final Set<String> held = new HashSet<>();
    boolean withdrawn;

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(broken);
        names.addAll(here.keySet());
        return names;
    }

    @Override
    public MetricSelection resolve(MetricSelection selection) {
        if (!names().contains(selection.name())) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "There is no metric '%s'; available: %s.".formatted(selection.name(), String.join(", ", names())));
        }
        Map<String, Object> options = new TreeMap<>(Map.of("depth", 1));
        options.putAll(selection.options());
        if (options.size() > 1) {
            throw new AtelierException(INVALID_REQUEST, "The metric has the option depth only.");
        }
        return new MetricSelection(selection.name(), options);
    }

    @Override
    public MetricHandle provide(String name, Map<String, Object> options) {
        MetricSelection resolved = resolve(new MetricSelection(name, options));
        if (broken.contains(name)) {
            throw new AtelierException(PLUGIN_FAILED, "The metric '%s' did not start.".formatted(name));
        }
        held.add(name);
        return new MetricHandle() {
            @Override
            public SetMetric metric() {
                return here.get(name);
            }

            @Override
            public MetricSelection selection() {
                return resolved;
            }

            @Override
            public Optional<String> model() {
                return name.equals("brightness") ? Optional.empty() : Optional.of("tiny-" + name);
            }

            @Override
            public void throwIfWithdrawn() {
                if (withdrawn) {
                    throw new AtelierException(PLUGIN_WITHDRAWN, "Withdrawn.");
                }
            }

            @Override
            public void close() {
                held.remove(name);
            }
        };
    }
}
