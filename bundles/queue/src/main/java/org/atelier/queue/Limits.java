package org.atelier.queue;

import java.time.Duration;

/**
 * How many sets the queue accepts, and how many run at a time.
 *
 * @param capacity sets that may wait
 * @param history ended jobs that stay listed, at least the last one
 * @param setsPerDevice sets that one device generates at a time
 * @param pluginTimeout how long a set that is next waits for a plugin that is being replaced
 */
record Limits(int capacity, int history, int setsPerDevice, Duration pluginTimeout) {

    /** The reserved part of the capacity, as a divisor: a tenth is for clients without a waiting set. */
    private static final int RESERVED_SHARE = 10;

    /** The number of waiting sets at which a client that already has one is refused. */
    int capacityPerClient() {
        return capacity - capacity / RESERVED_SHARE;
    }

    /** Raises values below the minimum of the option to that minimum. */
    static Limits of(QueueOptions options) {
        return new Limits(
                Math.max(1, options.capacity()),
                Math.max(1, options.history()),
                Math.max(1, options.sets_per_device()),
                Duration.ofSeconds(Math.max(0, options.plugin_timeout())));
    }
}
