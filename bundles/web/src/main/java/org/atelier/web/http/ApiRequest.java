package org.atelier.web.http;

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
 * A request of the API.
 *
 * @param method the HTTP method, such as {@code GET}
 * @param path the segments of the path after {@code /v1}
 * @param servletRequest the request of the servlet container
 */
public record ApiRequest(String method, List<String> path, HttpServletRequest servletRequest) {

    /** The largest body that is read, in bytes: the size limit of a request file. */
    public static final int MAX_BYTES = 16 << 20;

    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(60);
    private static final int BUFFER_SIZE = 1 << 13;
    private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(5);
    private static final long MAX_DISCARDED_BYTES = 4L * MAX_BYTES;

    public static ApiRequest of(HttpServletRequest servletRequest) {
        String path = servletRequest.getPathInfo() == null ? "" : servletRequest.getPathInfo();
        List<String> parts =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        return new ApiRequest(servletRequest.getMethod(), parts, servletRequest);
    }

    /** Returns a segment of the path; empty beyond its end. */
    public String part(int index) {
        return index < path.size() ? path.get(index) : "";
    }

    /** Returns the names of the query parameters. */
    public List<String> parameters() {
        return queryParameters().stream().map(pair -> pair[0]).toList();
    }

    /** Returns the value of a query parameter. The body is never parsed as parameters, whatever its content type. */
    public Optional<String> query(String name) {
        return queryParameters().stream()
                .filter(pair -> pair[0].equals(name))
                .map(pair -> pair[1])
                .findFirst();
    }

    private List<String[]> queryParameters() {
        String query = servletRequest.getQueryString() == null ? "" : servletRequest.getQueryString();
        try {
            return Arrays.stream(query.split("&"))
                    .filter(pair -> !pair.isEmpty())
                    .map(pair -> (pair + (pair.contains("=") ? "" : "=")).split("=", 2))
                    .map(pair -> new String[] {decoded(pair[0]), decoded(pair[1])})
                    .toList();
        } catch (IllegalArgumentException e) {
            throw ApiError.of(400, "invalid_request", "The query of the URL is not valid percent-encoding.");
        }
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    /**
     * Returns the body as text.
     *
     * @throws ApiError if the body is too large, does not arrive in time, is incomplete or is not UTF-8
     */
    public String body() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_SIZE];
        long deadline = System.nanoTime() + BODY_TIMEOUT.toNanos();
        try (InputStream in = servletRequest.getInputStream()) {
            if (servletRequest.getContentLengthLong() > MAX_BYTES) {
                discard(in);
                throw tooLarge();
            }
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                body.write(buffer, 0, count);
                if (body.size() > MAX_BYTES) {
                    discard(in);
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
            throw ApiError.of(400, "invalid_request", "The body is incomplete or malformed; send it again.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiError.of(400, "input_unreadable", "The body is not valid UTF-8; send YAML or JSON.");
        }
    }

    /** Reads on for a while: a client that still sends when the connection is closed does not see the response. */
    private static void discard(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER_SIZE];
        long deadline = System.nanoTime() + DISCARD_TIMEOUT.toNanos();
        long left = MAX_DISCARDED_BYTES;
        for (int count = in.read(buffer);
                count >= 0 && left > 0 && System.nanoTime() < deadline;
                count = in.read(buffer)) {
            left -= count;
        }
    }

    private static ApiError tooSlow() {
        return ApiError.of(408, "request_timeout", "The body did not arrive within a minute; send it again.");
    }

    private static ApiError tooLarge() {
        return ApiError.of(413, "body_too_large", "The body is larger than 16 MiB; request fewer images at once.");
    }
}
