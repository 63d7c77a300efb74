package org.atelier.web.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request of the API.
 *
 * @param method the HTTP method, such as {@code GET}
 * @param path the segments of the path after its first, {@code /v1}
 * @param servletRequest the request of the servlet container
 */
public record ApiRequest(String method, List<String> path, HttpServletRequest servletRequest) {

    private static final Logger LOG = LoggerFactory.getLogger(ApiRequest.class);

    /** The largest body that is read, in bytes: the size limit of a request file. */
    public static final int MAX_BYTES = 16 << 20;

    public static ApiRequest of(HttpServletRequest servletRequest) {
        String path = servletRequest.getServletPath()
                + (servletRequest.getPathInfo() == null ? "" : servletRequest.getPathInfo());
        List<String> parts = Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty())
                .skip(1)
                .toList();
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
     * Returns the body, bounded in size and time.
     *
     * @param most bytes
     * @throws ApiError if it is declared to be larger; reading throws it if the body is larger, does not arrive in time or is
     *     incomplete
     */
    public InputStream content(long most) {
        return BoundedBody.of(servletRequest, most);
    }

    /**
     * Reads and drops what is left of the body, for at most 5 seconds and 64 MiB: a client that still sends when the connection is closed
     * does not see the response. A client that waits for {@code 100 Continue} has sent nothing. A body that cannot be read is left: if the
     * client has gone, writing the response will fail.
     */
    public void discardBody() {
        if (servletRequest.getHeader("Expect") != null) {
            return;
        }
        try {
            BoundedBody.discard(servletRequest.getInputStream());
        } catch (IOException e) {
            LOG.debug("The rest of the body of {} cannot be read", servletRequest.getRequestURI(), e);
        }
    }

    /**
     * Returns the body as text.
     *
     * @throws ApiError if the body is too large, does not arrive in time, is incomplete or is not UTF-8
     */
    public String body() {
        try (InputStream in = content(MAX_BYTES)) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiError.of(400, "input_unreadable", "The body is not valid UTF-8; send YAML or JSON.");
        } catch (IOException e) {
            throw ApiError.of(400, "invalid_request", "The body is incomplete or malformed; send it again.");
        }
    }
}
