package org.atelier.api.metric;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A metric that an evaluation holds. */
@ProviderType
public interface MetricHandle extends AutoCloseable {

    SetMetric metric();

    /** The metric's name with the value of every option, as it was started. */
    MetricSelection selection();

    /** The model that the metric declares by {@link org.atelier.api.Plugins#MODEL}; empty for one that runs no network. */
    Optional<String> model();

    /**
     * To be asked between two images, by the thread that holds it.
     *
     * @throws org.atelier.api.AtelierException {@code PLUGIN_WITHDRAWN} if it is being withdrawn and was waited for long
     *     enough
     */
    void throwIfWithdrawn();

    /** Ends the metric; a second time does nothing. */
    @Override
    void close();
}
