package org.atelier.samplers;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The options of PNDM. */
@ObjectClassDefinition(name = "PNDM", description = "Pseudo numerical methods, linear multistep. Liu et al. 2022.")
public @interface PndmOptions {

    /** The value that combines predictions of noise. */
    String NOISE = "noise";

    /** The value that combines the outputs of the network as they are. */
    String OUTPUT = "output";

    @AttributeDefinition(
            name = "Timestep spacing",
            description = ScheduleOptions.SPACING_DESCRIPTION,
            options = {
                @Option(label = "As the model says", value = ScheduleOptions.MODEL),
                @Option(label = "Leading", value = "leading"),
                @Option(label = "Linspace", value = "linspace"),
                @Option(label = "Trailing", value = "trailing")
            })
    String spacing() default ScheduleOptions.MODEL;

    @AttributeDefinition(
            name = "Combine",
            description = "What is combined over the steps: the predicted noise, or the network's output as diffusers"
                    + " does. They differ for a network that predicts velocity, where the second is inaccurate.",
            options = {@Option(label = "Noise", value = NOISE), @Option(label = "Output", value = OUTPUT)})
    String combine() default NOISE;
}
