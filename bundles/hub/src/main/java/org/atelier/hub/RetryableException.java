package org.atelier.hub;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import okhttp3.Response;

/** A response after which a retry may succeed: too many requests, a timeout or a server error. */
final class RetryableException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVER_FAULTS = 500;

    private final transient Duration retryAfter;

    RetryableException(String message) {
        super(message);
        this.retryAfter = null;
    }

    private RetryableException(Response response) {
        super("it returned status " + response.code());
        this.retryAfter = duration(response.header("Retry-After"));
    }

    /** @throws RetryableException if the status is 408, 429 or 5xx */
    static void throwIfRetryable(Response response) throws RetryableException {
        int code = response.code();
        if (code == TOO_MANY_REQUESTS || code == REQUEST_TIMEOUT || code >= SERVER_FAULTS) {
            throw new RetryableException(response);
        }
    }

    /** The delay requested by the server. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Parses seconds or a date. */
    private static Duration duration(String header) {
        if (header == null) {
            return null;
        }
        if (header.strip().matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(header.strip()));
        }
        try {
            Duration until = Duration.between(
                    Instant.now(),
                    ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
