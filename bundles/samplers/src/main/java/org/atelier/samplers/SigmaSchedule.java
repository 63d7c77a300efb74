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

    private final double[] timesteps;
    private final double[] sigmas;

    private SigmaSchedule(NoiseSchedule schedule, double[] timesteps, double[] sigmas) {
        this.timesteps = timesteps;
        this.sigmas = new double[timesteps.length + 1];
        for (int step = 0; step < timesteps.length; step++) {
            this.sigmas[step] = (float) sigmas[step];
        }
        boolean endsWithNoise =
                schedule.config().text("final_sigmas_type", "zero").equals("sigma_min");
        this.sigmas[timesteps.length] = endsWithNoise ? schedule.sigma(0) : 0;
    }

    /** The levels at the given timesteps, which may be fractional. */
    static SigmaSchedule at(NoiseSchedule schedule, double... timesteps) {
        double[] sigmas = new double[timesteps.length];
        for (int step = 0; step < timesteps.length; step++) {
            sigmas[step] = schedule.sigma(timesteps[step]);
        }
        return new SigmaSchedule(schedule, timesteps, sigmas);
    }

    /**
     * The levels of Euler's method, at the spaced timesteps. Other noise levels have the same ends, and fractional
     * timesteps.
     *
     * @throws AtelierException {@link Code#MODEL_INVALID} if the model's values are invalid
     */
    static SigmaSchedule euler(NoiseSchedule schedule, TimestepSpacing spacing, SigmaSpacing sigmas, int steps) {
        SigmaSchedule spaced = at(schedule, spacing.timesteps(schedule, steps, steps));
        return sigmas == SigmaSpacing.TIMESTEPS
                ? spaced
                : between(schedule, sigmas, steps, spaced.sigma(0), spaced.sigma(steps - 1), timestep -> timestep);
    }

    /**
     * The levels of the multistep solvers, at integer timesteps. Except for trailing spacing, they use the first of one
     * more timestep than they have steps. Other noise levels range over those of all training timesteps.
     *
     * @throws AtelierException {@link Code#MODEL_INVALID} if the model's values are invalid
     */
    static SigmaSchedule multistep(NoiseSchedule schedule, ScheduleOptions options, int steps) {
        SigmaSpacing sigmas = options.sigmas(schedule.config());
        if (sigmas != SigmaSpacing.TIMESTEPS) {
            double highest = schedule.sigma(schedule.trainTimesteps() - 1);
            // diffusers rounds the timesteps of Karras' levels, and truncates those of others.
            DoubleUnaryOperator rounding = sigmas == SigmaSpacing.KARRAS ? Math::rint : Math::floor;
            return between(schedule, sigmas, steps, highest, schedule.sigma(0), rounding);
        }
        TimestepSpacing spacing = options.spacing(schedule.config(), TimestepSpacing.LINSPACE);
        int points = spacing == TimestepSpacing.TRAILING ? steps : steps + 1;
        double[] timesteps = spacing.timesteps(schedule, points, steps);
        for (int step = 0; step < steps; step++) {
            timesteps[step] = Math.rint(timesteps[step]);
        }
        return at(schedule, timesteps);
    }

    /**
     * Spaced levels between the model's {@code sigma_max} and {@code sigma_min}.
     *
     * @param highest the first level if the model has no {@code sigma_max}
     * @param lowest the level of the last step if the model has no {@code sigma_min}
     * @param rounding rounds a fractional timestep
     */
    private static SigmaSchedule between(
            NoiseSchedule schedule,
            SigmaSpacing spacing,
            int steps,
            double highest,
            double lowest,
            DoubleUnaryOperator rounding) {
        SchedulerConfig config = schedule.config();
        double first = config.number("sigma_max", highest);
        double last = config.number("sigma_min", lowest);
        if (!(last > 0 && first >= last)) {
            throw new AtelierException(
                    Code.MODEL_INVALID, config.file() + ": sigma_min must be above 0 and at most sigma_max.");
        }
        double[] sigmas = spacing.between(first, last, steps);
        double[] timesteps = new double[steps];
        for (int step = 0; step < steps; step++) {
            timesteps[step] = rounding.applyAsDouble(schedule.timestep(sigmas[step]));
        }
        return new SigmaSchedule(schedule, timesteps, sigmas);
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
