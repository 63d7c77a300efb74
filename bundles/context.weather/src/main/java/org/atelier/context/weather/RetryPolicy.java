package org.atelier.context.weather;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Timeouts and retries of requests to a service.
 *
 * @param connect the timeout of the connection
 * @param call the timeout of the complete response
 * @param retries the number of retries after the first attempt
 * @param first the delay before the first retry; doubles with each further retry, with a jitter of up to 50 %
 * @param longest the longest Retry-After that is accepted
 */
record RetryPolicy(Duration connect, Duration call, int retries, Duration first, Duration longest) {

    static final RetryPolicy DEFAULT = new RetryPolicy(
            Duration.ofSeconds(5), Duration.ofSeconds(10), 3, Duration.ofMillis(500), Duration.ofSeconds(30));

    /**
     * Returns the delay before a retry.
     *
     * @param retry from 0
     * @param random a random number from 0 to 1 for the jitter, so that clients do not retry at the same time
     */
    Duration delay(int retry, DoubleSupplier random) {
        double factor = (1 << retry) * (.5 + random.getAsDouble());
        return Duration.ofNanos((long) (first.toNanos() * factor));
    }
}
