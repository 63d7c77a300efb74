package org.atelier.attention.injection;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of style injection; defaults are those of the published version for diffusers. */
@ObjectClassDefinition(
        name = "Style injection",
        description = "Every image redraws a content image: in late layers it attends to the reference alone, with the"
                + " queries of its content.")
public @interface Options {

    @AttributeDefinition(
            name = "Gamma",
            description = "Share of the content in the queries: above the default for more of the content, below for"
                    + " more of the style.",
            min = "0",
            max = "1")
    double gamma() default 0.75;

    @AttributeDefinition(
            name = "Temperature",
            description = "Multiplies the scores: above 1 for sharper attention.",
            min = "0",
            max = "10")
    double temperature() default 1.5;

    @AttributeDefinition(
            name = "Share of the decoder",
            description = "Share of the self-attention layers of the up blocks that inject, the last ones; 0 for the"
                    + " published share: five of nine, with original six of nine.",
            min = "0",
            max = "1")
    double decoderShare() default 0;

    @AttributeDefinition(
            name = "Initial AdaIN",
            description = "Gives the initial latents the mean and standard deviation of the style's.")
    boolean initialAdain() default true;

    @AttributeDefinition(
            name = "Original",
            description = "As the paper's first code: one more layer, other noise levels of the inversion, and the"
                    + " noisiest step is skipped.")
    boolean original() default false;
}
