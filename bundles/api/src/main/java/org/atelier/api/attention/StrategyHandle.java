package org.atelier.api.attention;

import org.osgi.annotation.versioning.ProviderType;

/** A strategy that another holds. */
@ProviderType
public interface StrategyHandle extends AutoCloseable {

    AttentionStrategy strategy();

    /** Ends the strategy; a second time does nothing. */
    @Override
    void close();
}
