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

/** The steps of DDIM. Each step keeps the predicted noise, or replaces a part of it by new noise. */
final class DdimSolver implements Solver {

    private final Prediction prediction;
    private final int[] timesteps;
    private final NoiseLevel[] before;
    private final NoiseLevel[] after;
    private final double clip;
    private final double eta;

    /** @param eta 0 for no added noise, 1 for that of DDPM */
    DdimSolver(NoiseSchedule schedule, ScheduleOptions options, int steps, double eta) {
        SchedulerConfig config = schedule.config();
        config.validator().absent("thresholding").throwIfUnsupported();
        this.eta = eta;
        prediction = schedule.prediction();
        clip = config.flag("clip_sample", true) ? config.number("clip_sample_range", 1) : Double.POSITIVE_INFINITY;
        timesteps = new int[steps];
        after = new NoiseLevel[steps];
        double[] spaced = options.spacing(config, TimestepSpacing.LEADING).timesteps(schedule, steps, steps);
        int stride = schedule.trainTimesteps() / steps;
        for (int step = 0; step < steps; step++) {
            int timestep = (int) Math.rint(spaced[step]);
            int next = timestep - stride;
            timesteps[step] = timestep;
            after[step] = NoiseLevel.ofAlphaBar(next >= 0 ? schedule.alphaBar(next) : schedule.finalAlphaBar());
        }
        before = PureNoise.levels(schedule, timesteps, "ddim");
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
        return before[step];
    }

    @Override
    public StepResult step(StepInput input) {
        NoiseLevel from = before[input.step()];
        NoiseLevel to = after[input.step()];
        NDArray original = clipped(prediction.original(input.latents(), input.modelOutput(), from));
        NDArray noise = prediction.noise(input.latents(), input.modelOutput(), from);
        if (eta == 0) {
            return new StepResult(original.mul(to.alpha()).add(noise.mul(to.sigma())), original);
        }
        double added = eta * addedByDdpm(from, to);
        double kept = Math.sqrt(Math.max(0, to.sigma() * to.sigma() - added * added));
        NDArray next = original.mul(to.alpha())
                .add(noise.mul(kept))
                .add(input.noise().next().mul(added));
        return new StepResult(next, original);
    }

    /** The standard deviation of the noise that DDPM adds: equation 16 with eta 1. */
    private static double addedByDdpm(NoiseLevel from, NoiseLevel to) {
        double forward = from.alpha() / to.alpha();
        return to.sigma() / from.sigma() * Math.sqrt(1 - forward * forward);
    }

    private NDArray clipped(NDArray original) {
        return Double.isInfinite(clip) ? original : original.clip(-clip, clip);
    }
}
