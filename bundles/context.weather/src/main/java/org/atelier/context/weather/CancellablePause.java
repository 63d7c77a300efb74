package org.atelier.context.weather;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.atelier.api.context.ReadingListener;

/** Waits, and looks up now and then whether to stop. */
final class AttentivePause implements Pause {

    private static final long GLANCE_NANOSECONDS = Duration.ofMillis(50).toNanos();

    @Override
    public void pause(Duration duration, ReadingListener listener) {
        // Never opened: it serves to wait in a way that an interrupt ends.
        CountDownLatch latch = new CountDownLatch(1);
        long end = System.nanoTime() + duration.toNanos();
        try {
            for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
                if (listener.cancelled() || latch.await(Math.min(left, GLANCE_NANOSECONDS), TimeUnit.NANOSECONDS)) {
                    throw RetryingHttpClient.stopped();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RetryingHttpClient.stopped();
        }
    }
}
