package org.atelier.api;

import java.util.Objects;

/** Something that the user can be told in one line: what is wrong and what to do about it. */
public final class AtelierException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kind of a fault; a front door maps it once, to an exit code or an HTTP status. */
    public enum Code {
        /** The request asks for what cannot be: an unknown name, a value out of range. */
        INVALID_REQUEST,
        /** No model of that name or folder. */
        MODEL_NOT_FOUND,
        /** A model folder that is incomplete, damaged, hostile, or of an architecture that is not known. */
        MODEL_INVALID,
        /** A service on the network, such as the hub of models, does not answer or not as it should. */
        SERVICE_UNREACHABLE,
        /** A file that cannot be read as what it should be. */
        INPUT_UNREADABLE,
        /** The folder for the images cannot be written. */
        OUTPUT_UNWRITABLE,
        /** The memory or the device does not suffice. */
        OUT_OF_MEMORY,
        /** A plugin was withdrawn while a set needed it. */
        PLUGIN_WITHDRAWN,
        /** A plugin does not start: its constructor throws, or does not come to an end. */
        PLUGIN_FAILED,
        /** Too many sets wait already. */
        QUEUE_FULL,
        /** There is no job of that id. */
        JOB_NOT_FOUND,
        /** The user asked to stop. */
        CANCELLED,
        /** The engine that runs the networks could not be started. */
        ENGINE_FAILED
    }

    private final Code code;

    /**
     * @param code the kind of the fault
     * @param message one sentence or several, separated by line breaks where it lists several faults
     */
    public AtelierException(Code code, String message) {
        this(code, message, null);
    }

    /** As {@link #AtelierException(Code, String)}, with what brought it about. */
    public AtelierException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code);
    }

    public Code code() {
        return code;
    }
}
