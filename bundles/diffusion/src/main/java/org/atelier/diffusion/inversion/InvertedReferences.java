package org.atelier.diffusion.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.attention.Reference.Role;
import org.atelier.diffusion.attention.ReferenceInput;
import org.atelier.diffusion.attention.ReferenceUse;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.sampling.ReferenceTrajectory;
import org.atelier.diffusion.sampling.StackedLatents;

/**
 * Inverted references: the latents that the network receives at each step. Only latents are stored; each step
 * recomputes keys and values in one pass.
 *
 * @param inverted the references
 * @param timesteps of their latents, the noisiest first
 * @param offset number of noisiest latents to skip, since they are furthest from the image
 * @param scheme how they were inverted
 */
public record InvertedReferences(List<Inverted> inverted, List<Double> timesteps, int offset, InversionScheme scheme) {

    /** No references. */
    public static final InvertedReferences NONE =
            new InvertedReferences(List.of(), List.of(), 0, InversionScheme.STYLE_ALIGNED);

    /**
     * One reference.
     *
     * @param prompt describes it
     * @param latents at each timestep, then the clean ones: (1, channel, height, width)
     * @param conditioning of its prompt
     * @param use what the set takes from it
     */
    public record Inverted(String prompt, List<NDArray> latents, Conditioning conditioning, ReferenceUse use) {

        /** The latents after the last inversion step, (1, channel, height, width). */
        NDArray noisiest() {
            return latents.get(0);
        }

        /** Whether it applies to all images of the set. */
        boolean isCommon() {
            return use.images().isEmpty();
        }

        /** The clean latents of the image, (1, channel, height, width). */
        public NDArray clean() {
            return latents.get(latents.size() - 1);
        }
    }

    /** The prompt and use of each reference. */
    public List<ReferenceInput> inputs() {
        return inverted.stream()
                .map(reference -> new ReferenceInput(reference.prompt, reference.use))
                .toList();
    }

    /** The prompt of each reference. */
    public List<String> prompts() {
        return inverted.stream().map(Inverted::prompt).toList();
    }

    /** The references that apply to all images. */
    public InvertedReferences common() {
        return with(inverted.stream().filter(Inverted::isCommon).toList());
    }

    /** The references that apply to at least one of some images, but not to all images of the set. */
    public InvertedReferences ownOf(List<Integer> images) {
        return with(inverted.stream()
                .filter(reference -> !reference.isCommon() && images.stream().anyMatch(reference.use::appliesTo))
                .toList());
    }

    /** The references of each size. */
    public List<InvertedReferences> bySize() {
        Map<Shape, List<Inverted>> sizes = inverted.stream()
                .collect(Collectors.groupingBy(
                        reference -> reference.clean().getShape(), LinkedHashMap::new, Collectors.toList()));
        return sizes.values().stream().map(this::with).toList();
    }

    private InvertedReferences with(List<Inverted> some) {
        return new InvertedReferences(some, timesteps, offset, scheme);
    }

    /** The first reference with a role that applies to an image. */
    Optional<Inverted> of(Role role, int image) {
        return inverted.stream()
                .filter(reference -> reference.use.role() == role && reference.use.appliesTo(image))
                .findFirst();
    }

    /** The conditioning of the prompt of each reference. */
    public List<Conditioning> conditionings() {
        return inverted.stream().map(Inverted::conditioning).toList();
    }

    /**
     * The latents of the references at a step. They are variance-preserving, as in DDIM, whatever the sampler is.
     *
     * @return (1, channel, height, width) of each reference
     */
    public List<NDArray> latentsAt(DenoisingStep step) {
        int index = scheme.latents(nearest(step.timestep()), step.index() == 0, offset);
        return inverted.stream().map(reference -> reference.latents.get(index)).toList();
    }

    /** The trajectories for reuse by a later set, without the skipped latents. */
    public ReferenceTrajectories trajectories() {
        List<ReferenceTrajectory> trajectories = new ArrayList<>();
        for (Inverted reference : inverted) {
            List<NDArray> latents = reference.latents.subList(offset, reference.latents.size());
            trajectories.add(new ReferenceTrajectory(reference.prompt, reference.use, StackedLatents.of(latents)));
        }
        return new ReferenceTrajectories(trajectories, timesteps.subList(offset, timesteps.size()));
    }

    private int nearest(double timestep) {
        int nearest = 0;
        for (int i = 1; i < timesteps.size(); i++) {
            if (Math.abs(timesteps.get(i) - timestep) < Math.abs(timesteps.get(nearest) - timestep)) {
                nearest = i;
            }
        }
        return nearest;
    }
}
