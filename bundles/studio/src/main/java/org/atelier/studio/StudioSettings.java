package org.atelier.studio;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How much work a crash may cost. */
@ObjectClassDefinition(name = "Studio")
public @interface StudioSettings {

    /** The configuration that holds them. */
    String PID = "org.atelier.studio";

    @AttributeDefinition(
            name = "Checkpoint seconds",
            description = "Seconds between two checkpoints of a set that is denoised; 0 for one after every step.",
            min = "0",
            max = "86400")
    int checkpoint_seconds() default 60;
}
