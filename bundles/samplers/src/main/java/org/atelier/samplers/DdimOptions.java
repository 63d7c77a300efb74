package org.atelier.samplers;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of DDIM. */
@ObjectClassDefinition(name = "DDIM", description = "Denoising diffusion implicit models. Song et al. 2021.")
public @interface DdimOptions {

    @AttributeDefinition(
            name = "Eta",
            description = "Noise added at each step, as a fraction of that of DDPM: 0 adds none.",
            min = "0",
            max = "1")
    double eta() default 0;
}
