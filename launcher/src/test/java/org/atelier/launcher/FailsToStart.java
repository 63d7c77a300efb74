package org.atelier.launcher;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Code of a test bundle that cannot start. */
public final class FailsToStart implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("the paint is dry");
    }

    @Override
    public void stop(BundleContext context) {}
}
