package org.example.stuck;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An activator that never comes to an end, not even when it is interrupted. */
public final class Stuck implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        CountDownLatch never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // As somebody's code does that knows no end.
            }
        }
    }

    @Override
    public void stop(BundleContext context) {}
}
