package org.atelier.wire;

import com.google.gson.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;

/** Faults as JSON: what went wrong and what to do, in words, and its kind. */
public final class FaultJson {

    /** Where in a request something is wrong. */
    private static final Pattern PLACE = Pattern.compile("\\$(?:\\.\\w+|\\[\\d+\\])+");

    private FaultJson() {}

    public static JsonObject of(AtelierException fault) {
        return of(fault.code(), fault.getMessage());
    }

    static JsonObject of(Job.Fault fault) {
        return of(fault.code(), fault.message());
    }

    private static JsonObject of(Code code, String message) {
        return of(Members.written(code), message, isTheAskers(code) ? "invalid_request_error" : "server_error");
    }

    /**
     * A fault.
     *
     * @param code its kind, for programs
     * @param message a sentence or several, a line each
     * @param type whose fault it is: {@code invalid_request_error} or {@code server_error}
     */
    public static JsonObject of(String code, String message, String type) {
        JsonObject json = new JsonObject();
        json.addProperty("message", message);
        json.addProperty("type", type);
        Matcher place = PLACE.matcher(message);
        json.addProperty("param", place.find() ? place.group() : null);
        json.addProperty("code", code);
        return json;
    }

    private static boolean isTheAskers(Code code) {
        return switch (code) {
            case INVALID_REQUEST, INPUT_UNREADABLE, MODEL_NOT_FOUND, OUTPUT_UNWRITABLE, JOB_NOT_FOUND -> true;
            case MODEL_INVALID,
                    SERVICE_UNREACHABLE,
                    OUT_OF_MEMORY,
                    PLUGIN_WITHDRAWN,
                    PLUGIN_FAILED,
                    QUEUE_FULL,
                    CANCELLED,
                    ENGINE_FAILED -> false;
        };
    }

    /** The same fault, to be thrown; one of a kind that is not known is of {@code INVALID_REQUEST}. */
    public static AtelierException read(JsonObject json) {
        Members members = new Members(json);
        return new AtelierException(code(members.text("code")), members.text("message"));
    }

    private static Code code(String written) {
        for (Code code : Code.values()) {
            if (Members.written(code).equals(written)) {
                return code;
            }
        }
        return Code.INVALID_REQUEST;
    }
}
