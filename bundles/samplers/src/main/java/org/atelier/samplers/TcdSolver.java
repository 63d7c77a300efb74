package org.atelier.samplers;

import ai.djl.ndarray.NDArray;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Prediction;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;

/**
 * The steps of TCD: each goes to a level nearer to the clean latents than the next one, and from there back to the next
 * one by new noise, except the last.
 */
final class TcdSolver implements Solver {

    private final Prediction prediction;
    private final int[] timesteps;
    private final NoiseLevel[] levels;
    private final NoiseLevel[] reached;
    private final boolean addsNoise;

    /** @param gamma 0 for no added noise, 1 for new noise only */
    TcdSolver(NoiseSchedule schedule, int steps, double gamma) {
        schedule.config().validator().absent("thresholding").throwIfUnsupported();
        prediction = schedule.prediction();
        timesteps = DistillationTimesteps.of(schedule, steps);
        levels = PureNoise.levels(schedule, timesteps, "tcd");
        addsNoise = gamma > 0;
        reached = new NoiseLevel[steps];
        for (int step = 0; step < steps; step++) {
            int next = step == steps - 1 ? 0 : timesteps[step + 1];
            // float32, as in diffusers
            int nearer = (int) Math.floor((float) (1 - gamma) * (float) next);
            reached[step] = NoiseLevel.ofAlphaBar(schedule.alphaBar(nearer));
        }
    }

    @Override
    public int steps() {
        return timesteps.length;
    }

    @Override
    public double timestep(int step) {
        return timesteps[step];
    }

    @Override
    public NoiseLevel level(int step) {
        return levels[step];
    }

    @Override
    public StepResult step(StepInput input) {
        int step = input.step();
        NDArray original = prediction.original(input.latents(), input.modelOutput(), levels[step]);
        NDArray noise = prediction.noise(input.latents(), input.modelOutput(), levels[step]);
        NoiseLevel nearer = reached[step];
        NDArray latents = original.mul(nearer.alpha()).add(noise.mul(nearer.sigma()));
        if (step == steps() - 1 || !addsNoise) {
            return new StepResult(latents, original);
        }
        double kept = levels[step + 1].alpha() / nearer.alpha();
        double added = Math.sqrt(Math.max(0, 1 - kept * kept));
        return new StepResult(latents.mul(kept).add(input.noise().next().mul(added)), original);
    }
}
