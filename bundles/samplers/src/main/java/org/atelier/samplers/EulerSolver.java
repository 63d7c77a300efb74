package org.atelier.samplers;

import ai.djl.ndarray.NDArray;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Prediction;
import org.atelier.api.sampling.SchedulerConfig;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.atelier.api.sampling.TimestepSpacing;

/**
 * The steps of Euler's method. Its latents are {@code x = x0 + sigma eps}; the network receives them scaled to unit
 * variance.
 */
final class EulerSolver implements Solver {

    private final Prediction prediction;
    private final SigmaSchedule levels;
    private final double initialScale;

    EulerSolver(NoiseSchedule schedule, ScheduleOptions options, int steps) {
        SchedulerConfig config = schedule.config();
        config.validator()
                .absent("use_beta_sigmas")
                .only("interpolation_type", "linear")
                .only("timestep_type", "discrete")
                .only("final_sigmas_type", "zero", "sigma_min")
                .throwIfUnsupported();
        prediction = schedule.prediction();
        TimestepSpacing spacing = options.spacing(config, TimestepSpacing.LINSPACE);
        levels = SigmaSchedule.euler(schedule, spacing, options.sigmas(config), steps);
        initialScale = spacing == TimestepSpacing.LEADING ? level(0).standardDeviation() : levels.sigma(0);
    }

    @Override
    public int steps() {
        return levels.steps();
    }

    @Override
    public double timestep(int step) {
        return levels.timestep(step);
    }

    @Override
    public NoiseLevel level(int step) {
        return new NoiseLevel(1, levels.sigma(step));
    }

    @Override
    public double initialScale() {
        return initialScale;
    }

    @Override
    public StepResult step(StepInput input) {
        NoiseLevel level = level(input.step());
        NDArray original = prediction.original(input.latents(), input.modelOutput(), level);
        // Interpolates between latents and original, which avoids the difference of two large sigmas.
        double remaining = levels.sigma(input.step() + 1) / level.sigma();
        return new StepResult(original.add(input.latents().sub(original).mul(remaining)), original);
    }
}
