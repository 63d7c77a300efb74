package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.TimestepSpacing;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.Guidance;
import org.atelier.diffusion.prediction.GuidedPredictor;
import org.atelier.diffusion.prediction.NoisePredictor;
import org.atelier.diffusion.prediction.PredictorInput;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.Residuals;
import org.atelier.models.safetensors.FloatTensor;

/**
 * DDIM run backwards: the latents through which an image would have come, had the network generated it. Song et al. 2021,
 * section 4.3; as google/style-aligned does it.
 */
public final class DdimInversion {

    /** A reference that was given is no image of the set. */
    private static final List<Integer> REFERENCE = List.of(AttentionCall.GIVEN_REFERENCE);

    private final NoisePredictor network;
    private final AttentionProcessor plain;
    private final NoiseSchedule schedule;
    private final List<Double> timesteps;

    /**
     * @param network without guidance
     * @param plain nothing is shared
     * @param steps how many steps lie between the image and noise, 1 to one less than the training timesteps
     */
    public DdimInversion(NoisePredictor network, AttentionProcessor plain, NoiseSchedule schedule, int steps) {
        this.network = network;
        this.plain = plain;
        this.schedule = schedule;
        StepCount.check(steps, schedule);
        TimestepSpacing spacing = TimestepSpacing.of(schedule.config(), TimestepSpacing.LEADING);
        this.timesteps = Arrays.stream(spacing.timesteps(schedule, steps, steps))
                .map(Math::rint)
                .boxed()
                .toList();
    }

    /** The timesteps at which the trajectory's latents are met, the noisiest first; the clean ones are at none. */
    public List<Double> timesteps() {
        return timesteps;
    }

    /**
     * Where to begin: at the image, or at what was kept of this very image's inversion.
     *
     * @param clean the image's latents, (1, channel, height, width)
     * @param kept the noisiest first and last the clean ones, (1 + steps, channel, height, width)
     * @param manager that they shall belong to
     * @return the noisiest first and last the clean ones
     */
    public List<NDArray> begin(NDArray clean, Optional<FloatTensor> kept, NDManager manager) {
        if (kept.isEmpty() || !StackedLatents.fit(clean, kept.get())) {
            return List.of(clean);
        }
        List<NDArray> made = StackedLatents.unstack(kept.get(), manager);
        boolean same = made.size() <= timesteps.size() + 1
                && Arrays.equals(made.get(made.size() - 1).toFloatArray(), clean.toFloatArray());
        if (!same) {
            made.forEach(NDArray::close);
            return List.of(clean);
        }
        return made;
    }

    /**
     * Inverts an image.
     *
     * @param begun as {@link #begin} returned it
     * @param conditioning what it shows
     * @param guidance of the inversion
     * @param manager that the latents of all steps shall belong to
     * @param reached told after each step of all that is made, the noisiest first
     * @return latents at each timestep, the noisiest first, and last the clean ones: one more than there are steps
     */
    public List<NDArray> invert(
            List<NDArray> begun,
            Conditioning conditioning,
            Guidance guidance,
            NDManager manager,
            Consumer<List<NDArray>> reached) {
        Deque<NDArray> trajectory = new ArrayDeque<>(begun);
        NoisePredictor predictor = new GuidedPredictor(network, guidance);
        NoiseLevel level = NoiseLevel.ofAlphaBar(schedule.finalAlphaBar());
        for (int step = timesteps.size() - 1; step >= 0; step--) {
            NoiseLevel next =
                    NoiseLevel.ofAlphaBar(schedule.alphaBar(timesteps.get(step).intValue()));
            if (timesteps.size() - step >= begun.size()) {
                // With no noise to add the step changes nothing, and the network need not be asked.
                NDArray noisier = next.equals(level)
                        ? trajectory.getFirst()
                        : noisier(trajectory.getFirst(), step, level, next, conditioning, predictor, manager);
                trajectory.addFirst(noisier);
                reached.accept(List.copyOf(trajectory));
            }
            level = next;
        }
        return List.copyOf(trajectory);
    }

    private NDArray noisier(
            NDArray latents,
            int step,
            NoiseLevel level,
            NoiseLevel next,
            Conditioning conditioning,
            NoisePredictor predictor,
            NDManager manager) {
        try (NDManager pass = manager.newSubManager()) {
            NDArray own = latents.duplicate();
            own.attach(pass);
            double timestep = timesteps.get(step);
            DenoisingStep at = new DenoisingStep(step, timesteps.size(), timestep, schedule.sigma(timestep));
            NDArray modelOutput =
                    predictor.predict(new PredictorInput(own, at, REFERENCE, conditioning, plain, Residuals.NONE));
            NDArray original = schedule.prediction().original(own, modelOutput, level);
            NDArray noise = schedule.prediction().noise(own, modelOutput, level);
            NDArray noisier = original.mul(next.alpha()).add(noise.mul(next.sigma()));
            noisier.attach(manager);
            return noisier;
        }
    }
}
