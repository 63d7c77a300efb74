package org.atelier.attention.record;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The options of recorded attention. */
@ObjectClassDefinition(
        name = "Recorded attention",
        description = "Another attention, unchanged; what it does is recorded in files.")
public @interface Options {

    @AttributeDefinition(
            name = "To",
            description = "The folder for the recordings, an absolute path; created if missing.",
            required = false)
    String to() default "";

    @AttributeDefinition(name = "Of", description = "The name of the recorded attention.")
    String of() default "shared";

    @AttributeDefinition(name = "Options", description = "Options of that attention, each KEY=VALUE.", required = false)
    String[] options() default {};

    @AttributeDefinition(
            name = "Layers",
            description = "Blocks whose last self-attention layer is recorded: down0, down1, …, mid, up0, …; by default"
                    + " the last two of the up path.",
            required = false)
    String[] layers() default {};

    @AttributeDefinition(
            name = "Steps",
            description = "How many steps are recorded, spread evenly; the last one is always among them.",
            min = "1",
            max = "1000")
    int steps() default 4;

    @AttributeDefinition(
            name = "Words",
            description = "Words of the prompts: where images show them, and where these places look.",
            required = false)
    String[] words() default {};

    @AttributeDefinition(
            name = "Points",
            description = "Places in the images, each X:Y from 0:0 (top left) to 1:1, whose attention is recorded.",
            required = false)
    String[] points() default {};
}
