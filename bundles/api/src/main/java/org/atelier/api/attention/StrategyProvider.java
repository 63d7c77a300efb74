package org.atelier.api.attention;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Provides strategies to a strategy that wraps another. They remain available while the set is generated. */
@ProviderType
public interface StrategyProvider {

    /**
     * Starts a strategy.
     *
     * @param name of the strategy, {@code shared}
     * @param options by the user's names, as in a request; the others have their defaults
     * @return to be closed by the caller when it is deactivated; to be used on the generation thread
     * @throws org.atelier.api.AtelierException if there is no strategy of that name, it does not accept the options, or
     *     it does not start
     */
    StrategyHandle provide(String name, Map<String, Object> options);
}
