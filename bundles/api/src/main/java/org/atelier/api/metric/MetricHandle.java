package org.atelier.api.metric;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A metric in use by an evaluation. */
@ProviderType
public interface MetricHandle extends AutoCloseable {

    SetMetric metric();

    /** The metric's name and the values of all its options. */
    MetricSelection selection();

    /**
     * The model that the metric declares by {@link org.atelier.api.Plugins#MODEL}; empty for a metric without a
     * network.
     */
    Optional<String> model();

    /**
     * Checks whether the metric may still be used. To be called between two images, by the thread that started it.
     *
     * @throws org.atelier.api.AtelierException {@code PLUGIN_WITHDRAWN} if the plugin is being withdrawn and the grace
     *     period has passed
     */
    void throwIfWithdrawn();

    /** Releases the metric; a second call has no effect. */
    @Override
    void close();
}
