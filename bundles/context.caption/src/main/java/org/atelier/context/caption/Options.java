package org.atelier.context.caption;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of captions. */
@ObjectClassDefinition(name = "Caption", description = "Captions an image with BLIP.")
public @interface Options {

    @AttributeDefinition(name = "Model", description = "A BLIP model as ONNX graphs: its name or folder.")
    String model() default "blip-base";

    @AttributeDefinition(
            name = "Beams",
            description = "The number of beams; 1 for greedy search, 0 for the model's default.",
            min = "0",
            max = "32")
    int beams() default 0;

    @AttributeDefinition(name = "Prompt", description = "The start of the caption; empty for none.", required = false)
    String prompt() default "";

    @AttributeDefinition(
            name = "Maximum new tokens",
            description = "The maximum length in tokens, without the prompt; 0 for the model's default.",
            min = "0",
            max = "500")
    int maxNewTokens() default 0;
}
