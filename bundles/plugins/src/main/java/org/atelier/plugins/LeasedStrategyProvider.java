package org.atelier.plugins;

import java.util.Map;
import org.atelier.api.Faults;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.StrategyHandle;
import org.atelier.api.attention.StrategyProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lends the strategies that are here, as a set leases them. */
@Component
public final class LeasedStrategyProvider implements StrategyProvider {

    private final AttentionStrategies strategies;

    @Activate
    public LeasedStrategyProvider(@Reference AttentionStrategies strategies) {
        this.strategies = strategies;
    }

    @Override
    public StrategyHandle lend(String name, Map<String, Object> options) {
        Faults faults = new Faults();
        Map<String, Object> settled = strategies.settle(name, options, faults);
        faults.throwIfAny();
        return new Loan(strategies.lease(name, settled));
    }

    private record Loan(PluginLease<AttentionStrategy> lease) implements StrategyHandle {

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
