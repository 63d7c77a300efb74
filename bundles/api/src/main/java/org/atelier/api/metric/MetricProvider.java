package org.atelier.api.metric;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Lends the metrics that are here. What is lent stays until it is given back, or was waited for long enough. */
@ProviderType
public interface MetricProvider {

    /** Of the metrics that are here, in alphabetical order. */
    List<String> names();

    /**
     * Starts a metric.
     *
     * @param name one of {@link #names}
     * @return to be closed at the end of the evaluation, by the thread that calls this and measures
     * @throws org.atelier.api.AtelierException if it has gone or does not start
     */
    MetricHandle lend(String name);
}
