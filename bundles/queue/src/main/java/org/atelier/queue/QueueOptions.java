package org.atelier.queue;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How much the queue takes in, and how much it generates at a time. */
@ObjectClassDefinition(name = "Queue")
public @interface QueueOptions {

    @AttributeDefinition(
            name = "Capacity",
            description = "Sets that may wait; one more is refused. One client may fill nine tenths of it.",
            min = "1",
            max = "100000")
    int capacity() default 100;

    @AttributeDefinition(
            name = "History",
            description = "Jobs that have ended and are still told of. The images of others stay where they are.",
            min = "1",
            max = "100000")
    int history() default 200;

    @AttributeDefinition(
            name = "Sets per device",
            description = "Sets that one device generates at a time.",
            min = "1",
            max = "64")
    int sets_per_device() default 1;

    @AttributeDefinition(
            name = "Plugin timeout",
            description = "Seconds that a set whose turn it is waits for a plugin that is being replaced.",
            min = "0",
            max = "3600")
    int plugin_timeout() default 30;
}
