package org.atelier.api.health;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Looks at everything that can be wrong with a running Atelier: bundles, plugins, configurations, models, the machine. */
@ProviderType
public interface Doctor {

    /**
     * Asks every check; each is bounded in time. Changes no file and fetches nothing. To find out whether they start, plugins are
     * started and ended again, and a deployed bundle that did not start is started.
     *
     * @return by check in alphabetical order, the worst first; a check that finds nothing wrong says so in one finding of
     *     severity OK
     */
    List<Finding> examine();
}
