package org.atelier.plugins;

import java.util.Map;
import org.atelier.api.Faults;
import org.atelier.api.metric.MetricHandle;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.metric.SetMetric;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeService;

/** The metrics that are here, lent to evaluations. */
@Component(service = MetricProvider.class)
public final class SetMetrics extends PluginRegistry<SetMetric> implements MetricProvider {

    private final PluginLeases leases;

    @Activate
    public SetMetrics(
            @Reference MetaTypeService metaTypes,
            @Reference ConfigurationAdmin configurations,
            @Reference PluginLeases leases) {
        super(OfferedPlugin.METRIC, metaTypes, configurations, leases);
        this.leases = leases;
    }

    @Reference(
            target = "(component.factory=" + SetMetric.FACTORY + ")",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bind(ComponentFactory<SetMetric> factory, ServiceReference<?> reference) {
        add(factory, reference);
    }

    void unbind(ServiceReference<?> reference) {
        remove(reference);
    }

    /** With what the operator configured: a request for an evaluation has no options of metrics. */
    @Override
    public MetricHandle lend(String name) {
        Faults faults = new Faults();
        Map<String, Object> settled = settle(name, Map.of(), faults);
        faults.throwIfAny();
        return new Loan(lease(name, settled), leases);
    }

    private record Loan(PluginLease<SetMetric> lease, PluginLeases leases) implements MetricHandle {

        @Override
        public SetMetric metric() {
            return lease.plugin();
        }

        @Override
        public void throwIfWithdrawn() {
            leases.throwIfRecalled();
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
