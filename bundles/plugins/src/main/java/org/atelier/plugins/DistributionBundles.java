package org.atelier.plugins;

import java.nio.file.Path;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * The bundles of the distribution. Its tests and the doctor inspect their plugins; doing so at each start would parse every
 * metatype file.
 *
 * @param location how their locations begin; empty if there is no distribution
 */
record DistributionBundles(String location) {

    /** No bundle. */
    static final DistributionBundles NONE = new DistributionBundles("");

    private static final String HOME = "atelier.home";

    /** @param context its property {@code atelier.home} is the folder of the distribution */
    static DistributionBundles of(BundleContext context) {
        String home = context.getProperty(HOME);
        return home == null
                ? NONE
                : new DistributionBundles(
                        "reference:" + Path.of(home).resolve("bundle").toUri());
    }

    boolean contains(Bundle bundle) {
        return !location.isEmpty() && bundle.getLocation().startsWith(location);
    }
}
