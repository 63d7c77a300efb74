package org.atelier.it.doctor;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An activator that does not come to an end unless it is interrupted. */
public final class NeverStarts implements BundleActivator {

    @Override
    public void start(BundleContext context) throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public void stop(BundleContext context) {}
}
