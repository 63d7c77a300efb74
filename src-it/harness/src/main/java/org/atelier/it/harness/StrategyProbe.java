package org.atelier.it.harness;

import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.attention.AttentionStrategy;

/** Returns the coupling of every attention strategy. */
public final class StrategyProbe implements Callable<Map<String, String>> {

    @Override
    public Map<String, String> call() throws Exception {
        return PluginFactory.<AttentionStrategy>useAll(
                AttentionStrategy.FACTORY, strategy -> strategy.coupling().name());
    }
}
