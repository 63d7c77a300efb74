package org.atelier.diffusion.schedule;

import java.util.function.DoubleUnaryOperator;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.json.Settings;

/**
 * The noise levels that a solver visits from noise to picture, one more than it has steps, and the timesteps that the
 * UNet is told at all but the last.
 *
 * <p>A level is given by its ratio of noise to clean latents, the {@code sigma} of diffusers, rounded to float32 as there.
 */
final class SigmaSchedule {

    /** The curvature of the noise levels of Karras et al. 2022, equation 5. */
    private static final double RHO = 7;

    private final double[] timesteps;
    private final double[] ratios;

    private SigmaSchedule(NoiseSchedule schedule, double[] timesteps, double[] ratios) {
        this.timesteps = timesteps;
        this.ratios = ratios;
        boolean endsInNoise =
                schedule.settings().text("final_sigmas_type", "zero").equals("sigma_min");
        ratios[timesteps.length] = endsInNoise ? schedule.ratio(0) : 0;
        for (int level = 0; level < ratios.length; level++) {
            ratios[level] = (float) ratios[level];
        }
    }

    /** The levels at some timesteps, whole or not. */
    static SigmaSchedule at(NoiseSchedule schedule, double... timesteps) {
        double[] ratios = new double[timesteps.length + 1];
        for (int step = 0; step < timesteps.length; step++) {
            ratios[step] = schedule.ratio(timesteps[step]);
        }
        return new SigmaSchedule(schedule, timesteps, ratios);
    }

    /**
     * The levels of Karras et al. 2022, equation 5, between the model's {@code sigma_max} and {@code sigma_min}.
     *
     * @param highest the first level where the model names none
     * @param lowest the last one before the end where the model names none
     * @param rounding what makes a timestep of one between two of them
     * @throws AtelierException {@link Code#MODEL_INVALID} where the model's are not two levels
     */
    static SigmaSchedule karras(
            NoiseSchedule schedule, int steps, double highest, double lowest, DoubleUnaryOperator rounding) {
        Settings settings = schedule.settings();
        double first = Math.pow(settings.number("sigma_max", highest), 1 / RHO);
        double last = Math.pow(settings.number("sigma_min", lowest), 1 / RHO);
        if (!(last > 0 && first >= last)) {
            throw new AtelierException(
                    Code.MODEL_INVALID, settings.file() + ": sigma_min should be above 0 and at most sigma_max.");
        }
        double[] timesteps = new double[steps];
        double[] ratios = new double[steps + 1];
        for (int step = 0; step < steps; step++) {
            double ramp = steps == 1 ? 0 : step / (steps - 1.0);
            ratios[step] = Math.pow(first + ramp * (last - first), RHO);
            timesteps[step] = rounding.applyAsDouble(schedule.timestep(ratios[step]));
        }
        return new SigmaSchedule(schedule, timesteps, ratios);
    }

    /** The levels of the multistep solvers, at whole timesteps: of one more than they have steps they leave out the last. */
    static SigmaSchedule multistep(NoiseSchedule schedule, int steps) {
        Settings settings = schedule.settings();
        if (settings.flag("use_karras_sigmas", false)) {
            double highest = schedule.ratio(schedule.trainTimesteps() - 1);
            return karras(schedule, steps, highest, schedule.ratio(0), Math::rint);
        }
        TimestepSpacing spacing = TimestepSpacing.of(settings, TimestepSpacing.LINSPACE);
        int points = spacing == TimestepSpacing.TRAILING ? steps : steps + 1;
        double[] timesteps = spacing.timesteps(schedule, points, steps);
        for (int step = 0; step < steps; step++) {
            timesteps[step] = Math.rint(timesteps[step]);
        }
        return at(schedule, timesteps);
    }

    int steps() {
        return timesteps.length;
    }

    double timestep(int step) {
        return timesteps[step];
    }

    /** The noise for one part of clean latents before a step; after the last one for {@code steps()}. */
    double ratio(int step) {
        return ratios[step];
    }

    /** A step from one level to the next, both of unit variance. */
    Interval interval(int step) {
        return new Interval(NoiseLevel.ofRatio(ratios[step]), NoiseLevel.ofRatio(ratios[step + 1]));
    }
}
