package org.atelier.it.doctor;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Begins a thread and forgets it. */
public final class Leaky implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        Thread thread = new Thread(Leaky::drip, "drips");
        thread.setDaemon(true);
        thread.start();
    }

    private static synchronized void drip() {
        try {
            while (!Thread.interrupted()) {
                Leaky.class.wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop(BundleContext context) {}
}
