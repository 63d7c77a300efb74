package org.atelier.attention.swap;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a set may ask of swapping. */
@ObjectClassDefinition(
        name = "Swapping",
        description = "In late layers every image attends to the reference alone, elsewhere to itself.")
public @interface Options {

    @AttributeDefinition(
            name = "Layers",
            description = "The blocks whose self-attentions see the reference alone: up0, up1, and so on, mid, down0,"
                    + " and so on. Without them, the last blocks on the way up.",
            required = false)
    String[] layers() default {};
}
