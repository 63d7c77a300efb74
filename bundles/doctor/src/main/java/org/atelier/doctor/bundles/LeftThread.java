package org.atelier.doctor.bundles;

import java.lang.ref.WeakReference;
import org.atelier.doctor.Findings;
import org.osgi.framework.Bundle;

/** A thread of a bundle that has stopped; it is not kept alive by being remembered. */
final class LeftThread {

    private final WeakReference<Thread> thread;
    private final String bundle;

    LeftThread(Thread thread, Bundle bundle) {
        this.thread = new WeakReference<>(thread);
        this.bundle = bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    boolean isAlive() {
        Thread still = thread.get();
        return still != null && still.isAlive();
    }

    void tell(Findings findings) {
        Thread still = thread.get();
        if (still != null) {
            findings.fault(
                    "thread \"" + still.getName() + "\"",
                    "%s left it running when it was stopped; its classes stay in memory.".formatted(bundle),
                    "Tell the author to end it in the deactivate method; start Atelier again to be rid of it.");
        }
    }
}
