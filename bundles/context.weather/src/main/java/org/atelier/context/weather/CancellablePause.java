package org.atelier.context.weather;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.atelier.api.context.ReadingListener;

/** Sleeps until a duration has passed or the listener is cancelled. */
final class CancellablePause implements Pause {

    private static final long POLL_NANOSECONDS = Duration.ofMillis(50).toNanos();

    @Override
    public void pause(Duration duration, ReadingListener listener) {
        // Never counted down; provides an interruptible wait.
        CountDownLatch latch = new CountDownLatch(1);
        long end = System.nanoTime() + duration.toNanos();
        try {
            for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
                if (listener.cancelled() || latch.await(Math.min(left, POLL_NANOSECONDS), TimeUnit.NANOSECONDS)) {
                    throw RetryingHttpClient.cancelled();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RetryingHttpClient.cancelled();
        }
    }
}
