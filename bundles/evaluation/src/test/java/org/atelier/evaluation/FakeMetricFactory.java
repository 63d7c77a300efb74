package org.atelier.evaluation;

import java.util.Dictionary;
import org.atelier.api.metric.SetMetric;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/** Hands out one metric and counts who has it. */
final class FakeMetricFactory implements ComponentFactory<SetMetric> {

    private final SetMetric metric;
    int instances;

    FakeMetricFactory(SetMetric metric) {
        this.metric = metric;
    }

    @Override
    public ComponentInstance<SetMetric> newInstance(Dictionary<String, ?> properties) {
        instances++;
        return new ComponentInstance<>() {
            @Override
            public void dispose() {
                instances--;
            }

            @Override
            public SetMetric getInstance() {
                return metric;
            }
        };
    }
}
