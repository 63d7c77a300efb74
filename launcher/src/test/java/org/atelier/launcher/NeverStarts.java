package org.atelier.launcher;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Code of a test bundle whose start never ends. */
public final class NeverStarts implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        CountDownLatch never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // Ignores interrupts, as faulty code may do.
            }
        }
    }

    @Override
    public void stop(BundleContext context) {}
}
