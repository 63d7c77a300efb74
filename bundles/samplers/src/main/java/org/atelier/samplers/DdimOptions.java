package org.atelier.samplers;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a set may ask of DDIM. */
@ObjectClassDefinition(name = "DDIM", description = "Denoising diffusion implicit models. Song et al. 2021.")
public @interface DdimOptions {

    @AttributeDefinition(
            name = "Eta",
            description = "The noise that each step adds, as a share of what DDPM adds: 0 for none.",
            min = "0",
            max = "1")
    double eta() default 0;
}
