package org.atelier.samplers;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The options of DPM-Solver++(2M) SDE. */
@ObjectClassDefinition(
        name = "DPM-Solver++(2M) SDE",
        description = "Multistep solver of second order for the diffusion SDE. Lu et al. 2022.")
public @interface DpmSolverSdeOptions {

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

    @AttributeDefinition(
            name = "Eta",
            description = "Noise added at each step: 0 adds none, 1 is that of the diffusion SDE.",
            min = "0",
            max = "1")
    double eta() default 1;
}
