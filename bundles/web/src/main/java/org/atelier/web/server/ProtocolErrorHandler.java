package org.atelier.web.server;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiResponse;
import org.atelier.web.http.ErrorFormat;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Reports errors that no servlet sees, such as a malformed request line, as JSON, in the form of those that a servlet of the path reports. */
final class ProtocolErrorHandler extends ErrorHandler {

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int status, String message, Throwable cause, Callback callback) {
        JsonObject json = ErrorFormat.of(request.getHttpURI().getPath()).of(error(status, message));
        ApiResponse.HEADERS.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(ApiResponse.text(json).getBytes(StandardCharsets.UTF_8)), callback);
    }

    /** @param reason of Jetty; {@code null} for none */
    static ApiError error(int status, String reason) {
        String name = HttpStatus.getMessage(status);
        String fault = reason == null || reason.isBlank() || reason.equals(name) ? name : name + ": " + reason;
        return switch (status) {
            case HttpStatus.NOT_FOUND_404 ->
                ApiError.of(status, "not_found", "There is no such path; all paths begin with /v1.");
            case HttpStatus.REQUEST_TIMEOUT_408 ->
                ApiError.of(status, "too_slow", "The request did not arrive in time; send it again.");
            case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                ApiError.of(
                        status,
                        "too_large",
                        "The request line and headers are larger than the server accepts (%s); send the request in the body."
                                .formatted(name.toLowerCase(Locale.ROOT)));
            case HttpStatus.PAYLOAD_TOO_LARGE_413 ->
                ApiError.of(status, "too_large", "The body is too large; request fewer images at once.");
            default ->
                status >= HttpStatus.INTERNAL_SERVER_ERROR_500 && status != HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505
                        ? ApiError.of(status, "unexpected", "The server failed (%s); see its log.".formatted(fault))
                        : ApiError.of(
                                status,
                                "invalid_request",
                                "The request is not valid HTTP for this server (%s); see docs/serve.md for the calls."
                                        .formatted(fault));
        };
    }
}
