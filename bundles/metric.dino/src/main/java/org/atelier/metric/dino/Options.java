package org.atelier.metric.dino;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of DINO's similarity. */
@ObjectClassDefinition(
        name = "DINO",
        description = "How alike the images are, and how close to the references: the cosine of their class tokens.")
public @interface Options {

    @AttributeDefinition(
            name = "Model",
            description = "A DINO as an ONNX graph: its name or folder. Default: dino-vitb8 if it is installed, else"
                    + " sketchbook-dino, which knows sketchbook's images only.")
    String model() default "dino-vitb8";
}
