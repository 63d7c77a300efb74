package org.atelier.api.metric;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Starts the metrics that are installed. A metric that is held stays until it is closed, or was waited for long enough. */
@ProviderType
public interface MetricProvider {

    /** The names of the installed metrics, in alphabetical order. */
    List<String> names();

    /**
     * Checks a selection and fills in the defaults, without starting the metric.
     *
     * @return with every option, typed
     * @throws org.atelier.api.AtelierException {@code INVALID_REQUEST} with every fault on a line of its own: a name that
     *     is not installed, options that the metric does not have, and values that they do not take
     */
    MetricSelection resolve(MetricSelection selection);

    /**
     * Starts a metric.
     *
     * @param name one of {@link #names}
     * @param options by the user's names; an option that is not here has its default
     * @return to be closed at the end of the evaluation, by the thread that calls this and measures
     * @throws org.atelier.api.AtelierException as {@link #resolve}, and if the metric was withdrawn or does not start
     */
    MetricHandle provide(String name, Map<String, Object> options);
}
