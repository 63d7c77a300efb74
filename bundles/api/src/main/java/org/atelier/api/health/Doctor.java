package org.atelier.api.health;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Checks a running Atelier: bundles, plugins, configurations, models and the machine. */
@ProviderType
public interface Doctor {

    /**
     * Runs all checks, each with a time limit. Changes no file and opens no connection. Each plugin is started and
     * stopped again to test whether it starts, and a deployed bundle that failed to start is started again.
     *
     * @return findings by check in alphabetical order, the most severe first; a check without faults returns one
     *     finding of severity OK
     */
    List<Finding> examine();
}
