package org.atelier.api.metric;

import org.osgi.annotation.versioning.ProviderType;

/** A metric that an evaluation holds. */
@ProviderType
public interface MetricHandle extends AutoCloseable {

    SetMetric metric();

    /**
     * To be asked between two pictures, by the thread that holds it.
     *
     * @throws org.atelier.api.AtelierException {@code PLUGIN_WITHDRAWN} if it is being withdrawn and was waited for long
     *     enough
     */
    void throwIfWithdrawn();

    /** Ends the metric; a second time does nothing. */
    @Override
    void close();
}
