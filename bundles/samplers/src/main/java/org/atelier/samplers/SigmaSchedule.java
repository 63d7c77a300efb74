package org.atelier.samplers;

import java.util.function.DoubleUnaryOperator;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.SchedulerConfig;
import org.atelier.api.sampling.TimestepSpacing;

/**
 * The noise levels that a solver visits from noise to image, one more than it has steps, and the timesteps that the
 * network is given at all but the last.
 *
 * <p>A level is given by its noise for one part of clean latents, {@code sigma}, rounded to float32 as in diffusers.
 */
final class SigmaSchedule {

    /** The curvature of the noise levels of Karras et al. 2022, equation 5. */
    private static final double RHO = 7;

    private final double[] timesteps;
    private final double[] sigmas;

    private SigmaSchedule(NoiseSchedule schedule, double[] timesteps, double[] sigmas) {
        this.timesteps = timesteps;
        this.sigmas = sigmas;
        boolean endsInNoise =
                schedule.config().text("final_sigmas_type", "zero").equals("sigma_min");
        sigmas[timesteps.length] = endsInNoise ? schedule.sigma(0) : 0;
        for (int level = 0; level < sigmas.length; level++) {
            sigmas[level] = (float) sigmas[level];
        }
    }

    /** The levels at some timesteps, whole or not. */
    static SigmaSchedule at(NoiseSchedule schedule, double... timesteps) {
        double[] sigmas = new double[timesteps.length + 1];
        for (int step = 0; step < timesteps.length; step++) {
            sigmas[step] = schedule.sigma(timesteps[step]);
        }
        return new SigmaSchedule(schedule, timesteps, sigmas);
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
        SchedulerConfig config = schedule.config();
        double first = Math.pow(config.number("sigma_max", highest), 1 / RHO);
        double last = Math.pow(config.number("sigma_min", lowest), 1 / RHO);
        if (!(last > 0 && first >= last)) {
            throw new AtelierException(
                    Code.MODEL_INVALID, config.file() + ": sigma_min should be above 0 and at most sigma_max.");
        }
        double[] timesteps = new double[steps];
        double[] sigmas = new double[steps + 1];
        for (int step = 0; step < steps; step++) {
            double ramp = steps == 1 ? 0 : step / (steps - 1.0);
            sigmas[step] = Math.pow(first + ramp * (last - first), RHO);
            timesteps[step] = rounding.applyAsDouble(schedule.timestep(sigmas[step]));
        }
        return new SigmaSchedule(schedule, timesteps, sigmas);
    }

    /** The levels of the multistep solvers, at whole timesteps: of one more than they have steps they leave out the last. */
    static SigmaSchedule multistep(NoiseSchedule schedule, int steps) {
        SchedulerConfig config = schedule.config();
        if (config.flag("use_karras_sigmas", false)) {
            double highest = schedule.sigma(schedule.trainTimesteps() - 1);
            return karras(schedule, steps, highest, schedule.sigma(0), Math::rint);
        }
        TimestepSpacing spacing = TimestepSpacing.of(config, TimestepSpacing.LINSPACE);
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
    double sigma(int step) {
        return sigmas[step];
    }

    /** A step from one level to the next, both of unit variance. */
    Interval interval(int step) {
        return new Interval(NoiseLevel.ofSigma(sigmas[step]), NoiseLevel.ofSigma(sigmas[step + 1]));
    }
}
