package org.atelier.samplers;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of TCD. */
@ObjectClassDefinition(name = "TCD", description = "Trajectory consistency distillation. Zheng et al. 2024.")
public @interface TcdOptions {

    @AttributeDefinition(
            name = "Gamma",
            description = "Noise of the steps: 0 adds none, 1 is as in lcm. diffusers calls it eta.",
            min = "0",
            max = "1")
    double gamma() default 0.3;
}
