package org.atelier.diffusion.schedule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.atelier.models.json.Settings;

/**
 * Euler's method on the probability flow: Karras et al. 2022, algorithm 1 without its correction.
 *
 * <p>Its latents are {@code x = x0 + sigma eps}; the UNet sees them scaled to unit variance.
 */
final class EulerSampler implements Sampler, Sampler.Trajectory {

    private final Prediction prediction;
    private final SigmaSchedule levels;
    private final double initialScale;

    EulerSampler(NoiseSchedule schedule, int steps) {
        schedule.supporting()
                .absent("use_exponential_sigmas", "use_beta_sigmas")
                .only("interpolation_type", "linear")
                .only("timestep_type", "discrete")
                .only("final_sigmas_type", "zero", "sigma_min")
                .refuseOthers();
        Settings settings = schedule.settings();
        prediction = schedule.prediction();
        TimestepSpacing spacing = TimestepSpacing.of(settings, TimestepSpacing.LINSPACE);
        SigmaSchedule spaced = SigmaSchedule.at(schedule, spacing.timesteps(schedule, steps, steps));
        levels = settings.flag("use_karras_sigmas", false)
                ? SigmaSchedule.karras(schedule, steps, spaced.ratio(0), spaced.ratio(steps - 1), time -> time)
                : spaced;
        double sigma = levels.ratio(0);
        initialScale = spacing == TimestepSpacing.LEADING ? Math.sqrt(sigma * sigma + 1) : sigma;
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
    public double initialScale() {
        return initialScale;
    }

    @Override
    public NDArray scale(NDArray latents, int step) {
        double sigma = levels.ratio(step);
        return latents.div(Math.sqrt(sigma * sigma + 1));
    }

    /** Nothing is remembered, so that one trajectory does for all. */
    @Override
    public Trajectory start(NDManager memory) {
        return this;
    }

    @Override
    public Step step(int step, NDArray latents, NDArray answer) {
        return Step.in(latents.getManager(), () -> {
            double sigma = levels.ratio(step);
            NDArray original = prediction.original(latents, answer, new NoiseLevel(1, sigma));
            // The line through the latents that meets the original where sigma is 0: no difference of two large sigmas.
            NDArray next = original.add(latents.sub(original).mul(levels.ratio(step + 1) / sigma));
            return new Step(next, original);
        });
    }
}
