package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.sampling.Solver;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.inversion.EncodedReference;
import org.atelier.diffusion.inversion.InversionScheme;
import org.atelier.diffusion.inversion.InvertedReferences;
import org.atelier.diffusion.inversion.NoisedReferences;
import org.atelier.diffusion.sampling.GivenReferences;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.ReferenceInversion;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.sampling.ReferenceTrajectory;
import org.atelier.diffusion.sampling.StackedLatents;

/**
 * Prepares the given references of a set: encodes them, blends them if requested, and computes the noisy latents of each,
 * by inversion or by adding noise; or restores stored ones.
 */
final class ReferencePreparation {

    private final LoadedNetworks networks;
    private final PromptConditioning prompts;
    private final ReferenceInverter inverter;
    private final Solver solver;
    private final NDManager manager;

    /**
     * @param solver of the set; noise is added at its levels
     * @param manager owns the latents
     */
    ReferencePreparation(
            LoadedNetworks networks,
            PromptConditioning prompts,
            ReferenceInverter inverter,
            Solver solver,
            NDManager manager) {
        this.networks = networks;
        this.prompts = prompts;
        this.inverter = inverter;
        this.solver = solver;
        this.manager = manager;
    }

    /**
     * Prepares references.
     *
     * @param coupling of the images that use them
     * @param scheme noise levels of an inversion
     * @throws AtelierException INVALID_REQUEST if they do not fit the model or the attention
     */
    InvertedReferences prepare(GivenReferences references, Coupling coupling, InversionScheme scheme) {
        if (references instanceof ReferenceTrajectories stored) {
            return restore(stored);
        }
        ReferenceImages images = (ReferenceImages) references;
        List<ConditionedReference> conditioned = conditioned(encoded(images, coupling));
        return images.inversion() instanceof ReferenceInversion.Ddim ddim
                ? invert(conditioned, ddim, scheme)
                : addNoise(conditioned, (ReferenceInversion.Noise) images.inversion());
    }

    private List<EncodedReference> encoded(ReferenceImages images, Coupling coupling) {
        List<EncodedReference> encoded =
                EncodedReference.of(images, image -> networks.encode(image, manager), networks.kernels());
        if (coupling == Coupling.SET && encoded.size() > 1) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "This attention strategy shares all images equally, so it cannot weight separate references;"
                            + " choose another blend.");
        }
        return encoded;
    }

    private List<ConditionedReference> conditioned(List<EncodedReference> encoded) {
        return encoded.stream()
                .map(reference -> new ConditionedReference(
                        reference,
                        prompts.positive(reference.prompt(), width(reference.latents()), height(reference.latents()))))
                .toList();
    }

    private InvertedReferences invert(
            List<ConditionedReference> references, ReferenceInversion.Ddim ddim, InversionScheme scheme) {
        ConditionedReference first = references.get(0);
        Conditioning unconditional =
                prompts.unconditionalInInversion(first.conditioning(), width(first.clean()), height(first.clean()));
        return inverter.invert(references, ddim, scheme, unconditional);
    }

    private InvertedReferences addNoise(List<ConditionedReference> references, ReferenceInversion.Noise noise) {
        NoisedReferences noised = new NoisedReferences(solver);
        List<InvertedReferences.Inverted> inverted = new ArrayList<>();
        for (ConditionedReference reference : references) {
            long[] shape = reference.clean().getShape().getShape();
            try (NDArray own = networks.kernels().noiseAfter(manager, noise.seed(), inverted.size(), shape)) {
                inverted.add(reference.inverted(noised.latents(reference.clean(), own, manager)));
            }
        }
        return new InvertedReferences(inverted, noised.timesteps(), 0, InversionScheme.STYLE_ALIGNED);
    }

    private InvertedReferences restore(ReferenceTrajectories stored) {
        List<InvertedReferences.Inverted> restored = new ArrayList<>();
        for (ReferenceTrajectory trajectory : stored.trajectories()) {
            requireChannels(trajectory);
            List<NDArray> latents = StackedLatents.unstack(trajectory.latents(), manager);
            restored.add(new InvertedReferences.Inverted(
                    trajectory.prompt(),
                    latents,
                    prompts.positive(trajectory.prompt(), width(latents.get(0)), height(latents.get(0))),
                    trajectory.use()));
        }
        return new InvertedReferences(restored, stored.timesteps(), 0, InversionScheme.STYLE_ALIGNED);
    }

    private void requireChannels(ReferenceTrajectory trajectory) {
        int channels = networks.model().autoencoder().latentChannels();
        if (trajectory.channels() != channels) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The latents of \"%s\" have %d channels; this model has %d."
                            .formatted(trajectory.prompt(), trajectory.channels(), channels));
        }
    }

    /** The width of an image in pixels. */
    private int width(NDArray latents) {
        return (int) latents.getShape().get(3) * networks.factor();
    }

    /** The height of an image in pixels. */
    private int height(NDArray latents) {
        return (int) latents.getShape().get(2) * networks.factor();
    }
}
