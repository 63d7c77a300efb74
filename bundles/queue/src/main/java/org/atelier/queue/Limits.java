package org.atelier.queue;

import java.time.Duration;

/**
 * How much the queue takes in, and how much it generates at a time.
 *
 * @param capacity sets that may wait
 * @param history jobs that have ended and are still told of, the last one always
 * @param setsPerDevice sets that one device generates at a time
 * @param pluginTimeout how long a set whose turn it is waits for a plugin that is being replaced
 */
record Limits(int capacity, int history, int setsPerDevice, Duration pluginTimeout) {

    /** One place in so many is kept for clients of whom no set waits. */
    private static final int KEPT = 10;

    /** How many sets may wait for a client of whom one waits to be taken in. */
    int capacityOfOne() {
        return capacity - capacity / KEPT;
    }

    /** Within what the options' own description allows, whatever a configuration file says. */
    static Limits of(QueueOptions options) {
        return new Limits(
                Math.max(1, options.capacity()),
                Math.max(1, options.history()),
                Math.max(1, options.sets_per_device()),
                Duration.ofSeconds(Math.max(0, options.plugin_timeout())));
    }
}
