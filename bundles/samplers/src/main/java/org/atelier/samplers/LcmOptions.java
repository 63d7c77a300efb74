package org.atelier.samplers;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of LCM. */
@ObjectClassDefinition(name = "LCM", description = "Multistep consistency sampling. Luo et al. 2023.")
public @interface LcmOptions {

    @AttributeDefinition(
            name = "Timesteps",
            description =
                    "The timestep of each step, separated by commas, the noisiest first. Default: evenly spaced ones of the distillation.")
    String timesteps() default "";
}
