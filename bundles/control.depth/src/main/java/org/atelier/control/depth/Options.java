package org.atelier.control.depth;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of depth maps. */
@ObjectClassDefinition(
        name = "Depth",
        description =
                "Converts an image to a depth map, near white and far black, for ControlNets trained on depth maps.")
public @interface Options {

    @AttributeDefinition(name = "Model", description = "A DPT model as an ONNX graph: its name or folder.")
    String model() default "dpt-hybrid-midas";
}
