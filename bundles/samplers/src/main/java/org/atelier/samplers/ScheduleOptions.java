package org.atelier.samplers;

import java.util.Locale;
import org.atelier.api.sampling.SchedulerConfig;
import org.atelier.api.sampling.TimestepSpacing;

/**
 * What a request says about the schedule, over the model's configuration.
 *
 * @param spacing a {@link TimestepSpacing} in lower case, or {@code model}
 * @param sigmas a {@link SigmaSpacing} in lower case, or {@code model}
 */
record ScheduleOptions(String spacing, String sigmas) {

    /** The option value that leaves a setting to the model's configuration. */
    static final String MODEL = "model";

    static final String SPACING_DESCRIPTION = "How timesteps are selected from the training timesteps, over the model's"
            + " timestep_spacing. A model without one: leading for ddim, linspace for the others.";

    static final String SIGMAS_DESCRIPTION = "How noise levels are spaced, over the model's configuration: at the"
            + " selected timesteps, by Karras et al. 2022, or evenly in their logarithm.";

    /** Leaves everything to the model. */
    static final ScheduleOptions FROM_MODEL = new ScheduleOptions(MODEL, MODEL);

    /** The timestep spacing: of the request, of the model, or the default of the sampler in diffusers. */
    TimestepSpacing spacing(SchedulerConfig config, TimestepSpacing defaultValue) {
        return spacing.equals(MODEL)
                ? TimestepSpacing.of(config, defaultValue)
                : TimestepSpacing.valueOf(spacing.toUpperCase(Locale.ROOT));
    }

    /** The spacing of the noise levels: of the request, or of the model. */
    SigmaSpacing sigmas(SchedulerConfig config) {
        return sigmas.equals(MODEL) ? SigmaSpacing.of(config) : SigmaSpacing.valueOf(sigmas.toUpperCase(Locale.ROOT));
    }
}
