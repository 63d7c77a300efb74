package org.atelier.plugins;

import java.util.List;
import java.util.Map;
import org.atelier.api.Faults;
import org.atelier.api.metric.MetricHandle;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.metric.SetMetric;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lends the installed metrics to evaluations. */
@Component
public final class LeasedMetricProvider implements MetricProvider {

    private final PluginRegistry<SetMetric> metrics;
    private final PluginLeases leases;

    @Activate
    public LeasedMetricProvider(@Reference PluginRegistries plugins, @Reference PluginLeases leases) {
        this.metrics = plugins.of(PluginKind.METRIC);
        this.leases = leases;
    }

    @Override
    public List<String> names() {
        return metrics.names();
    }

    /** With what the operator configured: a request for an evaluation has no options of metrics. */
    @Override
    public MetricHandle lend(String name) {
        Faults faults = new Faults();
        Map<String, Object> options = metrics.resolve(name, Map.of(), faults);
        faults.throwIfAny();
        return new Handle(metrics.lease(name, options), leases);
    }

    private record Handle(PluginLease<SetMetric> lease, PluginLeases leases) implements MetricHandle {

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
