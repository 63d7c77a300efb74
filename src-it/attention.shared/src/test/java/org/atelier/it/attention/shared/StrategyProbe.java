package org.atelier.it.attention.shared;

import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.it.harness.PluginFactory;

/** Asks the strategy on what its images depend. */
public final class StrategyProbe implements Callable<String> {

    @Override
    public String call() throws Exception {
        return PluginFactory.<AttentionStrategy>find(AttentionStrategy.FACTORY, "shared")
                .use(Map.of(), strategy -> strategy.coupling().name());
    }
}
