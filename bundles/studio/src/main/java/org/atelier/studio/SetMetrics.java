package org.atelier.studio;

import java.util.Map;
import org.atelier.api.metric.MetricLender;
import org.atelier.api.metric.MetricLoan;
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
@Component(service = MetricLender.class)
public final class SetMetrics extends PluginRegistry<SetMetric> implements MetricLender {

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
    public MetricLoan lend(String name) {
        Faults faults = new Faults();
        Map<String, Object> settled = settle(name, Map.of(), faults);
        faults.throwIfAny();
        return new Loan(lease(name, settled), leases);
    }

    private record Loan(PluginLease<SetMetric> lease, PluginLeases leases) implements MetricLoan {

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
