package org.atelier.context.weather;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long a service is waited for, and how often it is asked again.
 *
 * @param connect until a connection stands
 * @param call until the answer is there in full
 * @param retries after the first attempt
 * @param first before the first retry; each later one waits twice as long, up to half of it more or less
 * @param longest that a service may ask to wait
 */
record RetryPolicy(Duration connect, Duration call, int retries, Duration first, Duration longest) {

    static final RetryPolicy USUAL = new RetryPolicy(
            Duration.ofSeconds(5), Duration.ofSeconds(10), 3, Duration.ofMillis(500), Duration.ofSeconds(30));

    /**
     * How long to wait before a retry.
     *
     * @param retry from 0
     * @param chance from 0 to 1, so that many who were refused at once do not come back at once
     */
    Duration before(int retry, DoubleSupplier chance) {
        double factor = (1 << retry) * (.5 + chance.getAsDouble());
        return Duration.ofNanos((long) (first.toNanos() * factor));
    }
}
