package org.atelier.doctor.bundles;

import java.lang.ref.WeakReference;
import org.atelier.doctor.Findings;
import org.osgi.framework.Bundle;

/** A weak reference to a thread of a stopped bundle. */
final class LeftThread {

    private final WeakReference<Thread> thread;
    private final String bundle;

    LeftThread(Thread thread, Bundle bundle) {
        this.thread = new WeakReference<>(thread);
        this.bundle = bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    boolean isAlive() {
        Thread alive = thread.get();
        return alive != null && alive.isAlive();
    }

    void report(Findings findings) {
        Thread alive = thread.get();
        if (alive != null) {
            findings.fault(
                    "thread \"" + alive.getName() + "\"",
                    "%s did not end it when it was stopped; its classes stay in memory.".formatted(bundle),
                    "Tell the author to end it in the deactivate method; start Atelier again to be rid of it.");
        }
    }
}
