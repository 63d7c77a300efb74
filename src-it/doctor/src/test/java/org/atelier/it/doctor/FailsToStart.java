package org.atelier.it.doctor;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An activator that throws. */
public final class FailsToStart implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("the paint is dry");
    }

    @Override
    public void stop(BundleContext context) {}
}
