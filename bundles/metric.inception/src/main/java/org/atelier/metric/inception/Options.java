package org.atelier.metric.inception;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of the Inception Score. */
@ObjectClassDefinition(
        name = "Inception Score",
        description = "How clear and how different the objects of a set are to a classifier; for many images.")
public @interface Options {

    @AttributeDefinition(
            name = "Model",
            description =
                    "An export of Inception-v3 as an ONNX graph: its name or folder. None is published, so there is"
                            + " no default.",
            required = false)
    String model() default "";

    @AttributeDefinition(
            name = "Splits",
            description = "The number of equal parts of which the score is the mean; 0 for one for every ten images, 10"
                    + " at most.",
            min = "0",
            max = "1000")
    int splits() default 0;
}
