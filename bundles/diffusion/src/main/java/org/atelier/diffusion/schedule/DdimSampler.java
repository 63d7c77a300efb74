package org.atelier.diffusion.schedule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.json.Settings;

/** DDIM without added noise (eta 0): Song et al. 2021, equation 12. */
final class DdimSampler implements Sampler, Sampler.Trajectory {

    private final Prediction prediction;
    private final int[] timesteps;
    private final NoiseLevel[] before;
    private final NoiseLevel[] after;
    private final double clip;

    DdimSampler(NoiseSchedule schedule, int steps) {
        schedule.supporting().absent("thresholding").refuseOthers();
        Settings settings = schedule.settings();
        prediction = schedule.prediction();
        clip = settings.flag("clip_sample", true) ? settings.number("clip_sample_range", 1) : Double.POSITIVE_INFINITY;
        timesteps = new int[steps];
        before = new NoiseLevel[steps];
        after = new NoiseLevel[steps];
        double[] spaced = TimestepSpacing.of(settings, TimestepSpacing.LEADING).timesteps(schedule, steps, steps);
        double lastAlphaBar = schedule.finalAlphaBar();
        int stride = schedule.trainTimesteps() / steps;
        for (int step = 0; step < steps; step++) {
            int timestep = (int) Math.rint(spaced[step]);
            int next = timestep - stride;
            timesteps[step] = timestep;
            before[step] = NoiseLevel.ofAlphaBar(schedule.alphaBar(timestep));
            after[step] = NoiseLevel.ofAlphaBar(next >= 0 ? schedule.alphaBar(next) : lastAlphaBar);
        }
        if (before[0].alpha() == 0 && prediction == Prediction.EPSILON) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    settings.file() + ": rescale_betas_zero_snr leaves nothing to tell from the noise at timestep "
                            + timesteps[0] + "; ddim needs prediction_type v_prediction there.");
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

    /** Nothing is remembered, so that one trajectory does for all. */
    @Override
    public Trajectory start(NDManager memory) {
        return this;
    }

    @Override
    public Step step(int step, NDArray latents, NDArray answer) {
        return Step.in(latents.getManager(), () -> {
            NDArray original = clipped(prediction.original(latents, answer, before[step]));
            NDArray noise = prediction.noise(latents, answer, before[step]);
            NDArray next = original.mul(after[step].alpha()).add(noise.mul(after[step].sigma()));
            return new Step(next, original);
        });
    }

    private NDArray clipped(NDArray original) {
        return Double.isInfinite(clip) ? original : original.clip(-clip, clip);
    }
}
