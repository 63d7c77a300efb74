package org.atelier.plugins;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How long is waited for plugins, and how much work a crash may cost. */
@ObjectClassDefinition(name = "Studio")
public @interface StudioSettings {

    /** The configuration that holds them. */
    String PID = "org.atelier.studio";

    @AttributeDefinition(
            name = "Drain timeout",
            description = "Seconds that a running set may still take with a plugin that is withdrawn.",
            min = "0",
            max = "86400")
    int drain_timeout() default 600;

    @AttributeDefinition(
            name = "Start timeout",
            description = "Seconds that a plugin may take to start.",
            min = "1",
            max = "3600")
    int start_timeout() default 60;

    @AttributeDefinition(
            name = "Checkpoint seconds",
            description = "Seconds between two checkpoints of a set that is denoised; 0 for one after every step.",
            min = "0",
            max = "86400")
    int checkpoint_seconds() default 60;
}
