package org.atelier.web.calls;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.atelier.web.http.ApiError;

/** Bounds how many bodies are read at once, since they may hold pictures; the calls take turns. */
public final class BodyTurns {

    /** Bodies that are read at once. */
    private static final int MAX_BODIES = 4;

    private static final int TURN_SECONDS = 30;

    private final Semaphore bodies = new Semaphore(MAX_BODIES, true);

    /**
     * Reads a body when it is the turn of its call.
     *
     * @throws ApiError 429 if others are still being read after 30 seconds
     */
    public <T> T read(Supplier<T> reading) {
        requireTurn();
        try {
            return reading.get();
        } finally {
            bodies.release();
        }
    }

    private void requireTurn() {
        boolean mayRead;
        try {
            mayRead = bodies.tryAcquire(TURN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            mayRead = false;
        }
        if (!mayRead) {
            throw ApiError.of(
                    429, "too_many_calls", "%d calls are being read already; try again later.".formatted(MAX_BODIES));
        }
    }
}
