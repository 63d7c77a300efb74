package org.atelier.api.attention;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Lends strategies to a strategy that wraps another. What is lent stays for as long as the set is generated. */
@ProviderType
public interface StrategyProvider {

    /**
     * Starts a strategy.
     *
     * @param name of the strategy, {@code shared}
     * @param options by the user's names, as a request has them; the others have their defaults
     * @return to be closed by the borrower at its own end; called on the thread that generates
     * @throws org.atelier.api.AtelierException if there is none of that name, if it does not take the options, or does
     *     not start
     */
    StrategyHandle lend(String name, Map<String, Object> options);
}
