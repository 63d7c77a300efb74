package org.atelier.samplers;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The options of DPM-Solver++(2M). */
@ObjectClassDefinition(
        name = "DPM-Solver++(2M)",
        description = "Multistep solver of second order for the clean latents. Lu et al. 2022.")
public @interface DpmSolverOptions {

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
            name = "Noise levels",
            description = ScheduleOptions.SIGMAS_DESCRIPTION,
            options = {
                @Option(label = "As the model says", value = ScheduleOptions.MODEL),
                @Option(label = "Of the timesteps", value = "timesteps"),
                @Option(label = "Karras", value = "karras"),
                @Option(label = "Exponential", value = "exponential")
            })
    String sigmas() default ScheduleOptions.MODEL;
}
