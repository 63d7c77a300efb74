package org.atelier.api.attention;

import org.osgi.annotation.versioning.ProviderType;

/** A strategy that another strategy uses. */
@ProviderType
public interface StrategyHandle extends AutoCloseable {

    AttentionStrategy strategy();

    /** Releases the strategy; a second call has no effect. */
    @Override
    void close();
}
