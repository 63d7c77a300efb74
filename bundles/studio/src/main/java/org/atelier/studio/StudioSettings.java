package org.atelier.studio;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the studio. */
@ObjectClassDefinition(name = "Studio")
public @interface StudioSettings {

    /** The PID of the configuration. */
    String PID = "org.atelier.studio";

    @AttributeDefinition(
            name = "Checkpoint seconds",
            description = "Seconds between two checkpoints of a running set; 0 writes one after every step.",
            min = "0",
            max = "86400")
    int checkpoint_seconds() default 60;
}
