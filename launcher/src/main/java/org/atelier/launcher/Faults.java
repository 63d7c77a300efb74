package org.atelier.launcher;

import java.util.Optional;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;

/** What goes wrong in the framework: the first fault while it starts is kept, later ones go to standard error. */
final class Faults implements FrameworkListener {

    private String first;
    private boolean started;

    @Override
    public synchronized void frameworkEvent(FrameworkEvent event) {
        if (event.getType() != FrameworkEvent.ERROR) {
            return;
        }
        String fault = Fault.of(event.getBundle(), event.getThrowable());
        if (started) {
            System.err.println(fault);
        } else if (first == null) {
            first = fault;
        }
    }

    /** Ends the start. @return the first fault of the start, if there was one */
    synchronized Optional<String> whileStarting() {
        started = true;
        return Optional.ofNullable(first);
    }
}
