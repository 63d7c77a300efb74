package org.atelier.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * What is called, and with what.
 *
 * @param method {@code GET}
 * @param path its parts after {@code /v1}
 * @param request all else of it
 */
record ApiRequest(String method, List<String> path, HttpServletRequest request) {

    /** As large as the largest request that is read. */
    static final int MOST_BYTES = 16 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PORTION = 1 << 13;

    static ApiRequest of(HttpServletRequest request) {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        List<String> parts =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        return new ApiRequest(request.getMethod(), parts, request);
    }

    /** The part of the path at a place; empty beyond its end. */
    String part(int place) {
        return place < path.size() ? path.get(place) : "";
    }

    /** The names of the parameters of the query. */
    List<String> parameters() {
        return pairs().stream().map(pair -> pair[0]).toList();
    }

    /** The value of a parameter of the query. A body is never taken for parameters, whatever it says it is. */
    Optional<String> query(String name) {
        return pairs().stream()
                .filter(pair -> pair[0].equals(name))
                .map(pair -> pair[1])
                .findFirst();
    }

    private List<String[]> pairs() {
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        try {
            return Arrays.stream(query.split("&"))
                    .filter(pair -> !pair.isEmpty())
                    .map(pair -> (pair + (pair.contains("=") ? "" : "=")).split("=", 2))
                    .map(pair -> new String[] {decoded(pair[0]), decoded(pair[1])})
                    .toList();
        } catch (IllegalArgumentException e) {
            throw ApiError.of(400, "invalid_request", "The query of the call is not encoded as URLs are.");
        }
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    /**
     * The body as text.
     *
     * @throws ApiError if it is too large, does not come in time, breaks off or is no text
     */
    String body() {
        if (request.getContentLengthLong() > MOST_BYTES) {
            throw tooLarge();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] portion = new byte[PORTION];
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (InputStream in = request.getInputStream()) {
            for (int count = in.read(portion); count >= 0; count = in.read(portion)) {
                body.write(portion, 0, count);
                if (body.size() > MOST_BYTES) {
                    throw tooLarge();
                }
                if (System.nanoTime() > deadline) {
                    throw tooSlow();
                }
            }
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw tooSlow();
            }
            throw ApiError.of(
                    400, "invalid_request", "The body broke off, or is not sent as it should be; send it again.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiError.of(400, "input_unreadable", "The body is no text in UTF-8; send YAML or JSON.");
        }
    }

    private static ApiError tooSlow() {
        return ApiError.of(408, "too_slow", "The body did not come within a minute; send it again.");
    }

    private static ApiError tooLarge() {
        return ApiError.of(413, "too_large", "The body is too large, more than 16 MiB; send fewer images at once.");
    }
}
