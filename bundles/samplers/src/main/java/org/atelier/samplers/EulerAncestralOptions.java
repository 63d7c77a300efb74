package org.atelier.samplers;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The options of Euler ancestral. */
@ObjectClassDefinition(name = "Euler ancestral", description = "Euler's method with new noise at each step.")
public @interface EulerAncestralOptions {

    @AttributeDefinition(
            name = "Timestep spacing",
            description = ScheduleOptions.SPACING_DESCRIPTION,
            options = {
                @Option(label = "As the model says", value = ScheduleOptions.MODEL),
                @Option(label = "Leading", value = "leading"),
                @Option(label = "Linspace", value = "linspace"),
                @Option(label = "Trailing", value = "trailing")
            })
    String spacing() default ScheduleOptions.MODEL;

    @AttributeDefinition(
            name = "Eta",
            description = "Noise added at each step: 0 adds none, 1 is ancestral sampling.",
            min = "0",
            max = "1")
    double eta() default 1;
}
