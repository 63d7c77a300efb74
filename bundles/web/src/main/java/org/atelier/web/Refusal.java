package org.atelier.web;

import com.google.gson.JsonObject;
import org.atelier.api.AtelierException;
import org.atelier.wire.FaultJson;

/** A call that is not done, as its caller is told of it. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How long to wait before asking again where that may help. */
    private static final int SECONDS_TO_WAIT = 5;

    private final int status;
    private final transient JsonObject body;

    private Refusal(int status, String message, JsonObject body, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.body = body;
    }

    /**
     * A call that is not as it should be.
     *
     * @param status of HTTP
     * @param code for programs
     * @param message for people: the fault and the remedy
     */
    static Refusal of(int status, String code, String message) {
        return new Refusal(status, message, FaultJson.of(code, message, "invalid_request_error"), null);
    }

    static Refusal of(AtelierException fault) {
        return new Refusal(statusOf(fault.code()), fault.getMessage(), FaultJson.of(fault), fault);
    }

    /** The one place where kinds of faults become numbers of HTTP. */
    private static int statusOf(AtelierException.Code code) {
        return switch (code) {
            case INVALID_REQUEST, INPUT_UNREADABLE, MODEL_NOT_FOUND, OUTPUT_UNWRITABLE -> 400;
            case JOB_NOT_FOUND -> 404;
            case CANCELLED -> 409;
            case QUEUE_FULL -> 429;
            case MODEL_INVALID, PLUGIN_FAILED, ENGINE_FAILED -> 500;
            case PLUGIN_WITHDRAWN, SERVICE_UNREACHABLE -> 503;
            case OUT_OF_MEMORY -> 507;
        };
    }

    int status() {
        return status;
    }

    /** Seconds after which to ask again; 0 where that is of no use. */
    int retryAfter() {
        return status == 429 || status == 503 ? SECONDS_TO_WAIT : 0;
    }

    JsonObject body() {
        return body;
    }
}
