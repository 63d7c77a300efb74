package org.atelier.wire;

import com.google.gson.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;

/** Converts faults to JSON, with message and code. */
public final class FaultJson {

    /** The location of a fault in a request. The name of an option may have dashes, and any letters. */
    private static final Pattern LOCATION = Pattern.compile("\\$(?:\\.[^\\s.,:;'\"()\\[\\]]+|\\[\\d+])+");

    private FaultJson() {}

    public static JsonObject of(AtelierException fault) {
        return of(fault.code(), fault.getMessage());
    }

    static JsonObject of(Job.Fault fault) {
        return of(fault.code(), fault.message());
    }

    private static JsonObject of(Code code, String message) {
        return of(Members.written(code), message, isClientError(code) ? "invalid_request_error" : "server_error");
    }

    /**
     * Converts a fault.
     *
     * @param code its code, for programs
     * @param message one or more sentences, one a line
     * @param type {@code invalid_request_error} or {@code server_error}
     */
    public static JsonObject of(String code, String message, String type) {
        JsonObject json = new JsonObject();
        json.addProperty("message", message);
        json.addProperty("type", type);
        Matcher location = LOCATION.matcher(message);
        json.addProperty("param", location.find() ? location.group() : null);
        json.addProperty("code", code);
        return json;
    }

    private static boolean isClientError(Code code) {
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

    /** Reads a fault; an unknown code becomes {@code INVALID_REQUEST}. */
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
