package org.atelier.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.HttpUrl;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.PullListener;

/** Retries one request: counts consecutive failures, waits longer after each and finally gives up. */
final class RetryPolicy {

    private static final int MAX_FAILURES = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(2);

    private final HttpUrl endpoint;
    private final CancellableSleep sleep;
    private final PullListener listener;
    private int failures;

    RetryPolicy(HttpUrl endpoint, CancellableSleep sleep, PullListener listener) {
        this.endpoint = endpoint;
        this.sleep = sleep;
        this.listener = listener;
    }

    /** Resets the count of failures, as data arrived. */
    void progressed() {
        failures = 0;
    }

    /**
     * Waits before the next attempt.
     *
     * @throws AtelierException SERVICE_UNREACHABLE after too many failures or if the server's Retry-After is too long; CANCELLED
     */
    void failed(IOException cause) {
        failures++;
        Duration requested = cause instanceof RetryableException retryable
                ? retryable.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        if (failures == MAX_FAILURES || requested.compareTo(MAX_PAUSE) > 0) {
            throw new AtelierException(Code.SERVICE_UNREACHABLE, message(cause, requested), cause);
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << (failures - 1));
        Duration jitter = Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 4 + 1));
        sleep.sleep(pause.compareTo(requested) > 0 ? pause.plus(jitter) : requested.plus(jitter), listener);
    }

    private String message(IOException cause, Duration requested) {
        String remedy = requested.compareTo(MAX_PAUSE) > 0
                ? "pull again in " + requested.toMinutes() + " minutes"
                : "check the connection and HF_ENDPOINT, and pull again to resume";
        return "The hub at " + endpoint + " cannot be used: " + cause.getMessage() + "; " + remedy + ".";
    }
}
