package org.atelier.attention.full;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a set may ask of full sharing. */
@ObjectClassDefinition(
        name = "Full sharing",
        description = "Every image attends to the tokens of all images of the set; the set passes as one batch.")
public @interface Options {

    @AttributeDefinition(
            name = "Level",
            description = "The share of self-attention layers that stay plain, evenly spread: 0 shares all, 1 none.",
            min = "0",
            max = "1")
    double level() default 0;
}
