package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.atelier.diffusion.attention.ReferenceInput;
import org.atelier.diffusion.attention.ReferenceUse;
import org.atelier.diffusion.conditioning.Conditioning;

/**
 * Reference images on their way from noise: what the network is shown of them at each step of a set. Only latents are
 * kept; keys and values are made anew in each step's one pass.
 *
 * @param each one or several, all of one size
 * @param timesteps at which their latents are met, the noisiest first
 * @param offset how many of the noisiest are left out, for they are the furthest from any image
 */
public record InvertedReferences(List<Inverted> each, List<Double> timesteps, int offset) {

    /** Of a set, or a part of it, that takes nothing from any. */
    static final InvertedReferences NONE = new InvertedReferences(List.of(), List.of(), 0);

    /**
     * One reference.
     *
     * @param prompt what it shows, in words
     * @param latents at each timestep, and last the clean ones: (1, channel, height, width)
     * @param conditioning what it shows
     * @param use what is taken from it
     */
    public record Inverted(String prompt, List<NDArray> latents, Conditioning conditioning, ReferenceUse use) {

        /** What the autoencoder made of the image. */
        public NDArray clean() {
            return latents.get(latents.size() - 1);
        }
    }

    List<ReferenceInput> inputs() {
        return each.stream()
                .map(inverted -> new ReferenceInput(inverted.prompt, inverted.use))
                .toList();
    }

    List<String> prompts() {
        return each.stream().map(Inverted::prompt).toList();
    }

    /** Whether all images take from all of them. */
    boolean applyToAllImages() {
        return each.stream().allMatch(inverted -> inverted.use.images().isEmpty());
    }

    /** Those that any of some images takes from. */
    InvertedReferences forImages(List<Integer> images) {
        List<Inverted> serving = each.stream()
                .filter(inverted -> images.stream().anyMatch(inverted.use::appliesTo))
                .toList();
        return new InvertedReferences(serving, timesteps, offset);
    }

    List<Conditioning> conditionings() {
        return each.stream().map(Inverted::conditioning).toList();
    }

    /**
     * What the network is shown at a step, whatever the sampler: latents of unit variance, as DDIM has them.
     *
     * @param first whether this is the set's first step
     * @param timestep of the sampler
     * @return (1, channel, height, width) of each reference
     */
    List<NDArray> latentsAt(boolean first, double timestep) {
        // The reference implementation begins at the offset and goes on behind it.
        int at = first ? offset : Math.max(offset + 1, nearest(timestep));
        return each.stream().map(inverted -> inverted.latents.get(at)).toList();
    }

    /** What a later set needs of them: nothing of the noisiest that are left out. */
    public ReferenceTrajectories trajectories() {
        List<ReferenceTrajectory> kept = new ArrayList<>();
        for (Inverted inverted : each) {
            List<NDArray> latents = inverted.latents.subList(offset, inverted.latents.size());
            kept.add(new ReferenceTrajectory(inverted.prompt, inverted.use, StackedLatents.of(latents)));
        }
        return new ReferenceTrajectories(kept, timesteps.subList(offset, timesteps.size()));
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
