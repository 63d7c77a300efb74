package org.atelier.attention.partial;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a set may ask of partial sharing; at most one of level, layers and resolutions. */
@ObjectClassDefinition(
        name = "Partial sharing",
        description = "Another attention, at some layers of the network only; the others stay as they were trained.")
public @interface Options {

    @AttributeDefinition(name = "Of", description = "The name of the attention that the chosen layers have.")
    String of() default "shared";

    @AttributeDefinition(name = "Options", description = "Options of that attention, each KEY=VALUE.", required = false)
    String[] options() default {};

    @AttributeDefinition(
            name = "Level",
            description = "The share of self-attention layers that stay plain, evenly spread: 0 shares all, 1 none.",
            min = "0",
            max = "1")
    double level() default 0;

    @AttributeDefinition(
            name = "Layers",
            description = "The blocks whose self-attentions share: down0, down1, and so on, mid, up0, and so on.",
            required = false)
    String[] layers() default {};

    @AttributeDefinition(
            name = "Resolutions",
            description = "The heights of the feature maps, in tokens, whose self-attentions share.",
            min = "1",
            required = false)
    int[] resolutions() default {};
}
