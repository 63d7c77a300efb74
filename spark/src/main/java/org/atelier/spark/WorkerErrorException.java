package org.atelier.spark;

/** A worker refused a command or failed in it; the same command would fail again. */
final class WorkerErrorException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code the kind of the fault, in the words of {@code batch.json} */
    WorkerErrorException(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
