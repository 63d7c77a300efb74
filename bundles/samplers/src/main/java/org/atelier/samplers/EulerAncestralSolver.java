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
 * The steps of ancestral sampling with Euler's method: each goes below the next noise level, and adds noise to reach it.
 * Its latents are {@code x = x0 + sigma eps}; the network receives them scaled to unit
 * variance.
 */
final class EulerAncestralSolver implements Solver {

    private final Prediction prediction;
    private final SigmaSchedule levels;
    private final double initialScale;
    private final double eta;

    /** @param eta 0 for Euler's method, 1 for ancestral sampling */
    EulerAncestralSolver(NoiseSchedule schedule, ScheduleOptions options, int steps, double eta) {
        SchedulerConfig config = schedule.config();
        config.validator().only("final_sigmas_type", "zero").throwIfUnsupported();
        this.eta = eta;
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
        double next = levels.sigma(input.step() + 1);
        double up = eta == 0 ? 0 : Math.min(next, eta * ancestral(level.sigma(), next));
        double down = Math.sqrt(next * next - up * up);
        // Interpolates between latents and original, which avoids the difference of two large sigmas.
        NDArray latents = original.add(input.latents().sub(original).mul(down / level.sigma()));
        return new StepResult(
                up == 0 ? latents : latents.add(input.noise().next().mul(up)), original);
    }

    /** The standard deviation of the noise with which the next level has that of the forward process. */
    private static double ancestral(double sigma, double next) {
        return next / sigma * Math.sqrt(sigma * sigma - next * next);
    }
}
