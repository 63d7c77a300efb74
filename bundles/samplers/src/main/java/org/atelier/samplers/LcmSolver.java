package org.atelier.samplers;

import ai.djl.ndarray.NDArray;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Prediction;
import org.atelier.api.sampling.SchedulerConfig;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;

/** The steps of LCM: each predicts the clean latents and adds new noise, except the last. */
final class LcmSolver implements Solver {

    /** The standard deviation of the data, {@code sigma_data}. */
    private static final double DATA_DEVIATION = 0.5;

    private final Prediction prediction;
    private final int[] timesteps;
    private final NoiseLevel[] levels;
    private final double clip;
    private final double timestepScaling;

    /** @param timesteps one for each step, the noisiest first */
    LcmSolver(NoiseSchedule schedule, int[] timesteps) {
        SchedulerConfig config = schedule.config();
        config.validator().absent("thresholding").throwIfUnsupported();
        prediction = schedule.prediction();
        this.timesteps = timesteps.clone();
        levels = PureNoise.levels(schedule, timesteps, "lcm");
        clip = config.flag("clip_sample", false) ? config.number("clip_sample_range", 1) : Double.POSITIVE_INFINITY;
        timestepScaling = config.number("timestep_scaling", 10);
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
        NDArray clipped = Double.isInfinite(clip) ? original : original.clip(-clip, clip);
        NDArray denoised = consistent(timesteps[step], clipped, input.latents());
        if (step == steps() - 1) {
            return new StepResult(denoised, denoised);
        }
        NoiseLevel next = levels[step + 1];
        NDArray noise = input.noise().next();
        return new StepResult(denoised.mul(next.alpha()).add(noise.mul(next.sigma())), denoised);
    }

    /** The consistency function, which is the identity at timestep 0: Luo et al. 2023, equation 9. */
    private NDArray consistent(int timestep, NDArray original, NDArray latents) {
        double time = timestep * timestepScaling;
        double variance = time * time + DATA_DEVIATION * DATA_DEVIATION;
        double skip = DATA_DEVIATION * DATA_DEVIATION / variance;
        double out = time / Math.sqrt(variance);
        return original.mul(out).add(latents.mul(skip));
    }
}
