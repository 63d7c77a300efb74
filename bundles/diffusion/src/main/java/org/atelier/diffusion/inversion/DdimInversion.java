package org.atelier.diffusion.inversion;

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
import org.atelier.diffusion.sampling.StackedLatents;
import org.atelier.diffusion.sampling.StepCount;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.Residuals;
import org.atelier.models.safetensors.FloatTensor;

/**
 * DDIM inversion: computes the trajectory from the clean latents of an image to noise. Song et al. 2021, section 4.3;
 * its noise levels are those of the {@link InversionScheme}.
 */
public final class DdimInversion {

    /** The index of a given reference, which is not an image of the set. */
    private static final List<Integer> REFERENCE = List.of(AttentionCall.GIVEN_REFERENCE);

    private final NoisePredictor network;
    private final AttentionProcessor plain;
    private final NoiseSchedule schedule;
    private final InversionScheme scheme;
    private final List<Double> timesteps;

    /**
     * @param network without guidance
     * @param plain attention without sharing
     * @param steps number of inversion steps, from 1 to one less than the training timesteps
     * @param scheme the noise levels of the steps
     */
    public DdimInversion(
            NoisePredictor network,
            AttentionProcessor plain,
            NoiseSchedule schedule,
            int steps,
            InversionScheme scheme) {
        this.network = network;
        this.plain = plain;
        this.schedule = schedule;
        this.scheme = scheme;
        StepCount.check(steps, schedule);
        TimestepSpacing spacing = TimestepSpacing.of(schedule.config(), TimestepSpacing.LEADING);
        this.timesteps = Arrays.stream(spacing.timesteps(schedule, steps, steps))
                .map(Math::rint)
                .boxed()
                .toList();
    }

    /** The timesteps of the trajectory, the noisiest first; the clean latents have none. */
    public List<Double> timesteps() {
        return timesteps;
    }

    /**
     * Returns the latents to start from: the clean ones, or a stored part of the inversion of the same image.
     *
     * @param clean clean latents, (1, channel, height, width)
     * @param stored latents from the noisiest to the clean ones, (1 + steps, channel, height, width)
     * @param manager owns the returned latents
     * @return latents from the noisiest to the clean ones
     */
    public List<NDArray> begin(NDArray clean, Optional<FloatTensor> stored, NDManager manager) {
        if (stored.isEmpty() || !StackedLatents.fit(clean, stored.get())) {
            return List.of(clean);
        }
        List<NDArray> latents = StackedLatents.unstack(stored.get(), manager);
        boolean same = latents.size() <= timesteps.size() + 1
                && Arrays.equals(latents.get(latents.size() - 1).toFloatArray(), clean.toFloatArray());
        if (!same) {
            latents.forEach(NDArray::close);
            return List.of(clean);
        }
        return latents;
    }

    /**
     * Inverts an image.
     *
     * @param initial as returned by {@link #begin}, each (1, channel, height, width)
     * @param conditioning of the prompt of the image
     * @param guidance guidance of the inversion
     * @param manager owns the latents of all steps
     * @param stepCompleted receives all latents so far after each step, the noisiest first
     * @return latents at each timestep, the noisiest first, then the clean ones: one more than there are steps
     */
    public List<NDArray> invert(
            List<NDArray> initial,
            Conditioning conditioning,
            Guidance guidance,
            NDManager manager,
            Consumer<List<NDArray>> stepCompleted) {
        Deque<NDArray> trajectory = new ArrayDeque<>(initial);
        NoisePredictor predictor = new GuidedPredictor(network, guidance);
        for (int step = timesteps.size() - initial.size(); step >= 0; step--) {
            trajectory.addFirst(noisier(trajectory.getFirst(), step, conditioning, predictor, manager));
            stepCompleted.accept(List.copyOf(trajectory));
        }
        return List.copyOf(trajectory);
    }

    private NDArray noisier(
            NDArray latents, int step, Conditioning conditioning, NoisePredictor predictor, NDManager manager) {
        NoiseLevel level = scheme.from(schedule, timesteps, step);
        NoiseLevel next = scheme.to(schedule, timesteps, step);
        if (next.equals(level)) {
            return latents; // At the same noise level the step is the identity, so the network call is skipped.
        }
        try (NDManager pass = manager.newSubManager()) {
            NDArray own = latents.duplicate();
            own.attach(pass);
            double timestep = timesteps.get(step);
            DenoisingStep denoisingStep = new DenoisingStep(step, timesteps.size(), timestep, schedule.sigma(timestep));
            NDArray modelOutput = predictor.predict(
                    new PredictorInput(own, denoisingStep, REFERENCE, conditioning, plain, Residuals.NONE));
            NDArray original = schedule.prediction().original(own, modelOutput, level);
            NDArray noise = schedule.prediction().noise(own, modelOutput, level);
            NDArray noisier = original.mul(next.alpha()).add(noise.mul(next.sigma()));
            noisier.attach(manager);
            return noisier;
        }
    }
}
