package org.atelier.attention.full;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of full sharing. */
@ObjectClassDefinition(
        name = "Full sharing",
        description = "Every image attends to the tokens of all images of the set; the set is one batch.")
public @interface Options {

    @AttributeDefinition(
            name = "Level",
            description = "Fraction of self-attention layers that remain plain, spread evenly: 0 shares all, 1 none.",
            min = "0",
            max = "1")
    double level() default 0;
}
