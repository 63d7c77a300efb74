package org.atelier.spark;

import java.io.Serializable;

/**
 * How a task, or a set, ended. A fault that would occur again is a result, since Spark repeats a task that throws.
 *
 * @param code the kind of the fault; {@code null} if there is none
 * @param error the fault, one or more sentences; {@code null} if there is none
 */
record TaskResult(String code, String error) implements Serializable {

    static final TaskResult DONE = new TaskResult(null, null);

    static TaskResult failed(WorkerErrorException fault) {
        return new TaskResult(fault.code(), fault.getMessage());
    }

    boolean isFailed() {
        return code != null;
    }
}
