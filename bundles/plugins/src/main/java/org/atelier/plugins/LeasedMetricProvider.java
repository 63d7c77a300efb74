package org.atelier.plugins;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.Faults;
import org.atelier.api.metric.MetricHandle;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.metric.SetMetric;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Starts the installed metrics for evaluations, each with a lease. */
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

    @Override
    public MetricSelection resolve(MetricSelection selection) {
        Faults faults = new Faults();
        Map<String, Object> options = metrics.resolve(selection.name(), selection.options(), faults);
        faults.throwIfAny();
        return new MetricSelection(selection.name(), options);
    }

    @Override
    public MetricHandle provide(String name, Map<String, Object> options) {
        MetricSelection resolved = resolve(new MetricSelection(name, options));
        Optional<String> model = metrics.model(name, resolved.options());
        return new Handle(resolved, model, metrics.lease(name, resolved.options()), leases);
    }

    private record Handle(
            MetricSelection selection, Optional<String> model, PluginLease<SetMetric> lease, PluginLeases leases)
            implements MetricHandle {

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
