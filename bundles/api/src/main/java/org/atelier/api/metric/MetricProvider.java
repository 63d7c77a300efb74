package org.atelier.api.metric;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Starts the installed metrics. A metric remains available until it is closed, or until its plugin is withdrawn and the
 * grace period has passed.
 */
@ProviderType
public interface MetricProvider {

    /** The names of the installed metrics, in alphabetical order. */
    List<String> names();

    /**
     * Checks a selection and fills in the defaults, without starting the metric.
     *
     * @return with all options, typed
     * @throws org.atelier.api.AtelierException {@code INVALID_REQUEST} with each fault on its own line: a name that is
     *     not installed, unknown options and invalid values
     */
    MetricSelection resolve(MetricSelection selection);

    /**
     * Starts a metric.
     *
     * @param name one of {@link #names}
     * @param options by name; absent options have their defaults
     * @return to be closed at the end of the evaluation, by the calling thread, which also measures
     * @throws org.atelier.api.AtelierException as {@link #resolve}, and if the metric has been withdrawn or does not
     *     start
     */
    MetricHandle provide(String name, Map<String, Object> options);
}
