package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.PLUGIN_FAILED;
import static org.atelier.api.AtelierException.Code.PLUGIN_WITHDRAWN;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.atelier.api.AtelierException;
import org.atelier.api.metric.MetricHandle;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.metric.SetMetric;

/** Lends what a test puts here, and knows what is out. */
final class FakeMetrics implements MetricProvider {

    final Map<String, SetMetric> here = new TreeMap<>();
    final Set<String> broken = new TreeSet<>();
    final Set<String> lent = new HashSet<>();
    boolean withdrawn;

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(broken);
        names.addAll(here.keySet());
        return names;
    }

    @Override
    public MetricHandle lend(String name) {
        if (broken.contains(name)) {
            throw new AtelierException(PLUGIN_FAILED, "The metric '%s' did not start.".formatted(name));
        }
        lent.add(name);
        return new MetricHandle() {
            @Override
            public SetMetric metric() {
                return here.get(name);
            }

            @Override
            public void throwIfWithdrawn() {
                if (withdrawn) {
                    throw new AtelierException(PLUGIN_WITHDRAWN, "Withdrawn.");
                }
            }

            @Override
            public void close() {
                lent.remove(name);
            }
        };
    }
}
