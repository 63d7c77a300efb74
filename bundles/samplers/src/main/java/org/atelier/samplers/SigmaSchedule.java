package org.atelier.samplers;

import java.util.function.DoubleUnaryOperator;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.SchedulerConfig;
import org.atelier.api.sampling.TimestepSpacing;

/**
 * The noise levels of a solver from noise to image, one more than its steps, and the timesteps of the network at all
 * but the last.
 *
 * <p>A level is a noise-to-signal ratio, {@code sigma}, rounded to float32 as in diffusers.
 */
final class SigmaSchedule {

    /** The exponent {@code rho} of Karras et al. 2022, equation 5. */
    private static final double RHO = 7;

    private final double[] timesteps;
    private final double[] sigmas;

    private SigmaSchedule(NoiseSchedule schedule, double[] timesteps, double[] sigmas) {
        this.timesteps = timesteps;
        this.sigmas = sigmas;
        boolean endsWithNoise =
                schedule.config().text("final_sigmas_type", "zero").equals("sigma_min");
        sigmas[timesteps.length] = endsWithNoise ? schedule.sigma(0) : 0;
        for (int level = 0; level < sigmas.length; level++) {
            sigmas[level] = (float) sigmas[level];
        }
    }

    /** The levels at the given timesteps, which may be fractional. */
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
     * @param highest the first level if the model has no {@code sigma_max}
     * @param lowest the level of the last step if the model has no {@code sigma_min}
     * @param rounding rounds a fractional timestep
     * @throws AtelierException {@link Code#MODEL_INVALID} if the model's values are invalid
     */
    static SigmaSchedule karras(
            NoiseSchedule schedule, int steps, double highest, double lowest, DoubleUnaryOperator rounding) {
        SchedulerConfig config = schedule.config();
        double first = Math.pow(config.number("sigma_max", highest), 1 / RHO);
        double last = Math.pow(config.number("sigma_min", lowest), 1 / RHO);
        if (!(last > 0 && first >= last)) {
            throw new AtelierException(
                    Code.MODEL_INVALID, config.file() + ": sigma_min must be above 0 and at most sigma_max.");
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

    /**
     * The levels of the multistep solvers, at integer timesteps. Except for trailing spacing, they use the first of one
     * more timestep than they have steps.
     */
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

    /** The noise-to-signal ratio before a step; for {@code steps()}, after the last step. */
    double sigma(int step) {
        return sigmas[step];
    }

    /** A step from one level to the next, both of unit variance. */
    Interval interval(int step) {
        return new Interval(NoiseLevel.ofSigma(sigmas[step]), NoiseLevel.ofSigma(sigmas[step + 1]));
    }
}
