package org.atelier.attention.swap;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of swapping. */
@ObjectClassDefinition(
        name = "Swapping",
        description = "In late layers every image attends only to the reference, in other layers only to itself.")
public @interface Options {

    @AttributeDefinition(
            name = "Layers",
            description = "Blocks whose self-attention layers attend only to the reference: up0, up1, …, mid, down0, …"
                    + " By default, the up blocks of the largest feature map.",
            required = false)
    String[] layers() default {};
}
