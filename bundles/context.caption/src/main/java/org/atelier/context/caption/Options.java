package org.atelier.context.caption;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a set may ask of its captions. */
@ObjectClassDefinition(name = "Image", description = "Says what an image shows.")
public @interface Options {

    @AttributeDefinition(name = "Model", description = "A BLIP as ONNX graphs, by name or folder.")
    String model() default "sketchbook-caption";

    @AttributeDefinition(
            name = "Beams",
            description =
                    "How many captions are followed side by side; 1 takes the likeliest word each time, 0 what the model says.",
            min = "0",
            max = "32")
    int beams() default 0;

    @AttributeDefinition(
            name = "Prompt",
            description = "How the caption begins; empty to let the model begin.",
            required = false)
    String prompt() default "";

    @AttributeDefinition(
            name = "Most new tokens",
            description = "Where a caption is cut, the prompt not counted; 0 for what the model says.",
            min = "0",
            max = "500")
    int maxNewTokens() default 0;
}
