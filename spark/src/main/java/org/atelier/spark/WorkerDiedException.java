package org.atelier.spark;

import java.io.IOException;

/** A worker process ended, or did not respond; another may succeed. */
final class WorkerDiedException extends IOException {

    private static final long serialVersionUID = 1L;

    WorkerDiedException(String message) {
        super(message);
    }

    WorkerDiedException(String message, Throwable cause) {
        super(message, cause);
    }
}
