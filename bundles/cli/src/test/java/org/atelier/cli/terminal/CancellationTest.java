package org.atelier.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CancellationTest {

    private final Cancellation cancellation = new Cancellation();

    @Test
    void waitsUntilTheRunningCommandHasStopped() {
        cancellation.began();
        CompletableFuture<Boolean> command = CompletableFuture.supplyAsync(() -> {
            while (!cancellation.requested()) {
                Thread.onSpinWait();
            }
            cancellation.ended();
            return true;
        });

        assertTrue(request(Duration.ofSeconds(30)));
        assertTrue(command.join());
    }

    @Test
    void returnsFalseAfterTheTimeout() {
        cancellation.began();

        assertFalse(request(Duration.ofMillis(20)));
    }

    @Test
    void doesNotWaitWhenNothingRuns() {
        assertFalse(cancellation.requested());
        assertTrue(request(Duration.ZERO));
        assertEquals(true, cancellation.requested());
    }

    private boolean request(Duration timeout) {
        try {
            return cancellation.request(timeout);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
