package org.atelier.web.http;

import com.google.gson.JsonObject;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.wire.FaultJson;

/** An error response of the API. */
public final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The header of errors that a later retry may resolve: the seconds to wait. */
    private static final Map<String, String> LATER = Map.of("Retry-After", "5");

    private final int status;
    private final transient JsonObject body;
    private final transient Map<String, String> headers;

    private ApiError(int status, String message, JsonObject body, Map<String, String> headers, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.body = body;
        this.headers = headers;
    }

    /**
     * Returns an error with a code of its own.
     *
     * @param status the HTTP status code
     * @param code the machine-readable code
     * @param message the fault and the remedy, for people
     */
    public static ApiError of(int status, String code, String message) {
        return of(status, code, message, isForLater(status) ? LATER : Map.of());
    }

    /** Returns the error of a request without a valid token. @param challenge the scheme by which to send it */
    public static ApiError ofToken(String message, String challenge) {
        return of(401, "unauthorized", message, Map.of("WWW-Authenticate", challenge));
    }

    /** Returns the error of an unsupported method. @param others the supported methods, separated by commas */
    public static ApiError ofMethod(String method, String others) {
        return of(
                405,
                "method_not_allowed",
                "This path does not support %s; use %s.".formatted(method, others),
                Map.of("Allow", others));
    }

    private static ApiError of(int status, String code, String message, Map<String, String> headers) {
        String type = status >= 500 || isForLater(status) ? "server_error" : "invalid_request_error";
        return new ApiError(status, message, FaultJson.of(code, message, type), headers, null);
    }

    /** Returns the error of a fault, with its code. */
    public static ApiError of(AtelierException fault) {
        int status = statusOf(fault.code());
        return new ApiError(
                status, fault.getMessage(), FaultJson.of(fault), isForLater(status) ? LATER : Map.of(), fault);
    }

    /** The only place that maps codes of faults to HTTP status codes. */
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

    private static boolean isForLater(int status) {
        return status == 429 || status == 503;
    }

    /** Returns the same error with another body. */
    public ApiError withBody(JsonObject other) {
        return new ApiError(status, getMessage(), other, headers, getCause());
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** Returns the value of the member {@code error}. */
    public JsonObject body() {
        return body;
    }
}
