package org.atelier.evaluation;

import java.util.Map;
import org.atelier.api.metric.SetMetric;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/**
 * A metric for the time of one evaluation.
 *
 * @param name by which the report tells of it
 * @param metric what measures
 * @param release gives the instance back
 */
record NamedMetric(String name, SetMetric metric, Runnable release) implements AutoCloseable {

    /** @throws ComponentException if it does not start */
    static NamedMetric of(String name, ComponentFactory<SetMetric> factory) {
        ComponentInstance<SetMetric> instance = factory.newInstance(FrameworkUtil.asDictionary(Map.of()));
        SetMetric metric = instance.getInstance();
        if (metric == null) {
            instance.dispose();
            throw new ComponentException("it was deactivated at once");
        }
        return new NamedMetric(name, metric, instance::dispose);
    }

    @Override
    public void close() {
        release.run();
    }
}
