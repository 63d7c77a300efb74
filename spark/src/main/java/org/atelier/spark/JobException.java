package org.atelier.spark;

/** A fault that ends the job before work starts, or a cancelled job. */
final class JobException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code the kind of the fault, in the words of {@code batch.json}
     * @param message one or more sentences; several faults are separated by line breaks
     */
    JobException(String code, String message) {
        super(message);
        this.code = code;
    }

    JobException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    String code() {
        return code;
    }
}
