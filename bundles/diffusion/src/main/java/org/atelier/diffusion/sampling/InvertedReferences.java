package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.atelier.diffusion.attention.ReferenceInput;
import org.atelier.diffusion.attention.ReferenceUse;
import org.atelier.diffusion.conditioning.Conditioning;

/**
 * Inverted references: the latents that the network receives at each step. Only latents are stored; each step
 * recomputes keys and values in one pass.
 *
 * @param inverted the references, all of one size
 * @param timesteps of their latents, the noisiest first
 * @param offset number of noisiest latents to skip, since they are furthest from the image
 */
public record InvertedReferences(List<Inverted> inverted, List<Double> timesteps, int offset) {

    /** No references. */
    static final InvertedReferences NONE = new InvertedReferences(List.of(), List.of(), 0);

    /**
     * One reference.
     *
     * @param prompt describes it
     * @param latents at each timestep, then the clean ones: (1, channel, height, width)
     * @param conditioning of its prompt
     * @param use what the set takes from it
     */
    public record Inverted(String prompt, List<NDArray> latents, Conditioning conditioning, ReferenceUse use) {

        /** The clean latents of the image. */
        public NDArray clean() {
            return latents.get(latents.size() - 1);
        }
    }

    List<ReferenceInput> inputs() {
        return inverted.stream()
                .map(reference -> new ReferenceInput(reference.prompt, reference.use))
                .toList();
    }

    List<String> prompts() {
        return inverted.stream().map(Inverted::prompt).toList();
    }

    /** Whether every reference applies to every image. */
    boolean applyToAllImages() {
        return inverted.stream().allMatch(reference -> reference.use.images().isEmpty());
    }

    /** The references that apply to at least one of some images. */
    InvertedReferences forImages(List<Integer> images) {
        List<Inverted> applicable = inverted.stream()
                .filter(reference -> images.stream().anyMatch(reference.use::appliesTo))
                .toList();
        return new InvertedReferences(applicable, timesteps, offset);
    }

    List<Conditioning> conditionings() {
        return inverted.stream().map(Inverted::conditioning).toList();
    }

    /**
     * The latents of the references at a step. They are variance-preserving, as in DDIM, whatever the sampler is.
     *
     * @param first whether this is the first step of the set
     * @param timestep timestep of the sampler
     * @return (1, channel, height, width) of each reference
     */
    List<NDArray> latentsAt(boolean first, double timestep) {
        // google/style-aligned uses the offset at the first step and larger indices afterwards.
        int index = first ? offset : Math.max(offset + 1, nearest(timestep));
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
