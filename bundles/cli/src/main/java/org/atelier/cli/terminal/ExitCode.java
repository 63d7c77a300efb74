package org.atelier.cli.terminal;

import org.atelier.api.AtelierException;

/** The exit codes of commands. */
public final class ExitCode {

    public static final int DONE = 0;
    public static final int UNEXPECTED = 1;
    public static final int INVALID_REQUEST = 2;
    public static final int MODEL = 3;
    public static final int OUTPUT = 4;
    public static final int ENGINE = 5;
    static final int NETWORK = 6;
    public static final int CANCELLED = 130;

    /** That of a process that SIGPIPE ends: the reader of the output has seen enough. */
    public static final int BROKEN_PIPE = 141;

    private ExitCode() {}

    public static int of(AtelierException.Code code) {
        return switch (code) {
            case INVALID_REQUEST, INPUT_UNREADABLE, JOB_NOT_FOUND -> INVALID_REQUEST;
            case MODEL_NOT_FOUND, MODEL_INVALID -> MODEL;
            case OUTPUT_UNWRITABLE -> OUTPUT;
            case OUT_OF_MEMORY, ENGINE_FAILED, PLUGIN_WITHDRAWN, PLUGIN_FAILED, QUEUE_FULL -> ENGINE;
            case SERVICE_UNREACHABLE -> NETWORK;
            case CANCELLED -> CANCELLED;
        };
    }
}
