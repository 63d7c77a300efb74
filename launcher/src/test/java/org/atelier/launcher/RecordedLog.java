package org.atelier.launcher;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The report of a deployment.
 *
 * @param warnings the faults
 * @param notes what changed
 */
record RecordedLog(List<String> warnings, List<String> notes) implements DeploymentLog {

    RecordedLog() {
        this(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
    }

    @Override
    public void warn(String fault) {
        warnings.add(fault);
    }

    @Override
    public void note(String change) {
        notes.add(change);
    }
}
