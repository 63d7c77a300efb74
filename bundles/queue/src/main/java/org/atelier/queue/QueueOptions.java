package org.atelier.queue;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How many sets the queue accepts, and how many run at a time. */
@ObjectClassDefinition(name = "Queue")
public @interface QueueOptions {

    @AttributeDefinition(
            name = "Capacity",
            description =
                    "Maximum number of waiting sets; further ones are refused. One client may fill nine tenths of it.",
            min = "1",
            max = "100000")
    int capacity() default 100;

    @AttributeDefinition(
            name = "History",
            description = "Number of ended jobs that stay listed. The images of older jobs are not deleted.",
            min = "1",
            max = "100000")
    int history() default 200;

    @AttributeDefinition(
            name = "Sets per device",
            description = "Number of sets that one device generates at a time.",
            min = "1",
            max = "64")
    int sets_per_device() default 1;

    @AttributeDefinition(
            name = "Plugin timeout",
            description = "Seconds that the next set waits for a plugin that is being replaced.",
            min = "0",
            max = "3600")
    int plugin_timeout() default 30;
}
