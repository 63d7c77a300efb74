package org.atelier.api;

import java.util.Objects;

/** A fault that is reported to the user: what is wrong and what to do about it. */
public final class AtelierException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kind of a fault; each front end maps it to an exit code or an HTTP status. */
    public enum Code {
        /** The request is invalid: an unknown name, a value out of range. */
        INVALID_REQUEST,
        /** There is no model of that name or in that folder. */
        MODEL_NOT_FOUND,
        /** The model folder is incomplete, damaged, unsafe, or of an unsupported architecture. */
        MODEL_INVALID,
        /** A network service, such as the model hub, does not respond or sends an invalid response. */
        SERVICE_UNREACHABLE,
        /** An input file cannot be read, or is not of the expected format. */
        INPUT_UNREADABLE,
        /** The output folder cannot be written. */
        OUTPUT_UNWRITABLE,
        /** There is not enough memory, on the host or the device. */
        OUT_OF_MEMORY,
        /** A plugin was withdrawn while a set was using it. */
        PLUGIN_WITHDRAWN,
        /** A plugin does not start: its constructor throws, or does not return. */
        PLUGIN_FAILED,
        /** The queue is full. */
        QUEUE_FULL,
        /** There is no job with that id. */
        JOB_NOT_FOUND,
        /** The user cancelled the operation. */
        CANCELLED,
        /** The engine that runs the networks could not be started. */
        ENGINE_FAILED
    }

    private final Code code;

    /**
     * @param code the kind of the fault
     * @param message one or more sentences; several faults are separated by line breaks
     */
    public AtelierException(Code code, String message) {
        this(code, message, null);
    }

    /** As {@link #AtelierException(Code, String)}, with the cause. */
    public AtelierException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code);
    }

    public Code code() {
        return code;
    }
}
