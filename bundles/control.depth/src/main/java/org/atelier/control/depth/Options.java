package org.atelier.control.depth;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a set may ask of its depth maps. */
@ObjectClassDefinition(
        name = "Depth",
        description = "What is near is white, what is far black: for ControlNets trained on depth maps.")
public @interface Options {

    @AttributeDefinition(name = "Model", description = "A DPT as an ONNX graph, by name or folder.")
    String model() default "dpt-hybrid-midas";
}
