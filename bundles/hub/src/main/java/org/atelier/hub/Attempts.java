package org.atelier.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.HttpUrl;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.PullListener;

/** Counts the failures in a row of one request, and waits longer after each. */
final class Attempts {

    private static final int MOST = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final HttpUrl endpoint;
    private final Patience patience;
    private final PullListener listener;
    private int failures;

    Attempts(HttpUrl endpoint, Patience patience, PullListener listener) {
        this.endpoint = endpoint;
        this.patience = patience;
        this.listener = listener;
    }

    /** Something came: the next failure is the first again. */
    void progressed() {
        failures = 0;
    }

    /**
     * Waits before the next attempt.
     *
     * @throws AtelierException SERVICE_UNREACHABLE when there were enough, or the server asks for more patience than anyone has; CANCELLED
     */
    void failed(IOException why) {
        failures++;
        Duration asked = why instanceof BusyException busy ? busy.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
        if (failures == MOST || asked.compareTo(LONGEST_PAUSE) > 0) {
            throw new AtelierException(Code.SERVICE_UNREACHABLE, fault(why, asked), why);
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << (failures - 1));
        Duration jitter = Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 4 + 1));
        patience.wait(pause.compareTo(asked) > 0 ? pause.plus(jitter) : asked.plus(jitter), listener);
    }

    private String fault(IOException why, Duration asked) {
        String remedy = asked.compareTo(LONGEST_PAUSE) > 0
                ? "pull again in " + asked.toMinutes() + " minutes"
                : "check the connection, or HF_ENDPOINT, and pull again; it continues where it was";
        return "The hub at " + endpoint + " cannot be used: " + why.getMessage() + "; " + remedy + ".";
    }
}
