package org.atelier.plugins;

import java.util.Map;
import org.atelier.api.Faults;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.StrategyHandle;
import org.atelier.api.attention.StrategyProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Provides the installed strategies, each with a lease. */
@Component
public final class LeasedStrategyProvider implements StrategyProvider {

    private final PluginRegistry<AttentionStrategy> strategies;

    @Activate
    public LeasedStrategyProvider(@Reference PluginRegistries plugins) {
        this.strategies = plugins.of(PluginKind.ATTENTION);
    }

    @Override
    public StrategyHandle provide(String name, Map<String, Object> options) {
        Faults faults = new Faults();
        Map<String, Object> resolved = strategies.resolve(name, options, faults);
        faults.throwIfAny();
        return new Handle(strategies.lease(name, resolved));
    }

    private record Handle(PluginLease<AttentionStrategy> lease) implements StrategyHandle {

        @Override
        public AttentionStrategy strategy() {
            return lease.plugin();
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
