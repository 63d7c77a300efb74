package org.atelier.attention.partial;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of partial sharing; at most one of level, layers and resolutions may be set. */
@ObjectClassDefinition(
        name = "Partial sharing",
        description = "Another attention at selected layers of the network; the other layers remain plain.")
public @interface Options {

    @AttributeDefinition(name = "Of", description = "The name of the attention at the selected layers.")
    String of() default "shared";

    @AttributeDefinition(name = "Options", description = "Options of that attention, each KEY=VALUE.", required = false)
    String[] options() default {};

    @AttributeDefinition(
            name = "Level",
            description = "Fraction of self-attention layers that remain plain, spread evenly: 0 shares all, 1 none.",
            min = "0",
            max = "1")
    double level() default 0;

    @AttributeDefinition(
            name = "Layers",
            description = "Blocks whose self-attention layers share: down0, down1, …, mid, up0, …",
            required = false)
    String[] layers() default {};

    @AttributeDefinition(
            name = "Resolutions",
            description = "Feature map heights, in tokens, whose self-attention layers share.",
            min = "1",
            required = false)
    int[] resolutions() default {};
}
