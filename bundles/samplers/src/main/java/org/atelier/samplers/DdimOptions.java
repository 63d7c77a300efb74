package org.atelier.samplers;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The options of DDIM. */
@ObjectClassDefinition(name = "DDIM", description = "Denoising diffusion implicit models. Song et al. 2021.")
public @interface DdimOptions {

    @AttributeDefinition(
            name = "Eta",
            description = "Noise added at each step, as a fraction of that of DDPM: 0 adds none.",
            min = "0",
            max = "1")
    double eta() default 0;

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
}
