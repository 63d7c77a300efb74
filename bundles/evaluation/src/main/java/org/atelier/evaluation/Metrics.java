package org.atelier.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.atelier.api.Plugins;
import org.atelier.api.metric.SetMetric;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics that are here, as they come and go. Of two with one name, the higher ranked serves. */
@Component(service = Metrics.class)
public final class Metrics {

    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

    private final NavigableMap<ServiceReference<?>, ComponentFactory<SetMetric>> factories =
            new ConcurrentSkipListMap<>();

    @Reference(
            target = "(component.factory=" + SetMetric.FACTORY + ")",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bind(ComponentFactory<SetMetric> factory, ServiceReference<?> reference) {
        factories.put(reference, factory);
    }

    void unbind(ServiceReference<?> reference) {
        factories.remove(reference);
    }

    /** Instances of all metrics for one evaluation, in the order of their names; one that does not start is left out. */
    List<NamedMetric> lease() {
        NavigableMap<String, ComponentFactory<SetMetric>> byName = new TreeMap<>();
        factories.forEach(
                (reference, factory) -> byName.put(String.valueOf(reference.getProperty(Plugins.NAME)), factory));
        List<NamedMetric> leased = new ArrayList<>();
        for (Map.Entry<String, ComponentFactory<SetMetric>> entry : byName.entrySet()) {
            try {
                leased.add(NamedMetric.of(entry.getKey(), entry.getValue()));
            } catch (ComponentException e) {
                LOG.error("The metric '{}' does not start", entry.getKey(), e);
            }
        }
        return Collections.unmodifiableList(leased);
    }
}
