package org.atelier.web.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** The body of a request, bounded in size and time. What is wrong with it is thrown as an {@link ApiError}. */
final class BoundedBody extends InputStream {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(5);
    private static final long MAX_DISCARDED_BYTES = 64L << 20;
    private static final int BUFFER_SIZE = 1 << 13;

    private final InputStream in;
    private final long most;
    private final long deadline = System.nanoTime() + TIMEOUT.toNanos();
    private long count;

    private BoundedBody(InputStream in, long most) {
        this.in = in;
        this.most = most;
    }

    /** @param most bytes */
    static BoundedBody of(HttpServletRequest request, long most) {
        try {
            BoundedBody body = new BoundedBody(request.getInputStream(), most);
            if (request.getContentLengthLong() > most) {
                discard(body.in);
                throw body.tooLarge();
            }
            return body;
        } catch (IOException e) {
            throw fault(e);
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            int read = in.read(bytes, offset, length);
            count += Math.max(0, read);
            if (count > most) {
                discard(in);
                throw tooLarge();
            }
            if (System.nanoTime() > deadline) {
                throw tooSlow();
            }
            return read;
        } catch (IOException e) {
            throw fault(e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** Reads on for a while: a client that still sends when the connection is closed does not see the response. */
    static void discard(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER_SIZE];
        long end = System.nanoTime() + DISCARD_TIMEOUT.toNanos();
        long left = MAX_DISCARDED_BYTES;
        for (int read = in.read(buffer); read >= 0 && left > 0 && System.nanoTime() < end; read = in.read(buffer)) {
            left -= read;
        }
    }

    private ApiError tooLarge() {
        return ApiError.of(
                413, "body_too_large", "The body is larger than %d MiB; send less at once.".formatted(most >> 20));
    }

    private static ApiError tooSlow() {
        return ApiError.of(408, "request_timeout", "The body did not arrive within a minute; send it again.");
    }

    private static ApiError fault(IOException reason) {
        return reason.getCause() instanceof TimeoutException
                ? tooSlow()
                : ApiError.of(400, "invalid_request", "The body is incomplete or malformed; send it again.");
    }
}
