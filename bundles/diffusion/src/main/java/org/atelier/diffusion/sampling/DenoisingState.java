package org.atelier.diffusion.sampling;

import java.util.List;
import org.atelier.diffusion.attention.ObservedMap;
import org.atelier.models.safetensors.FloatTensor;

/**
 * A set between two steps: all that its later steps depend on, but for what its request says.
 *
 * @param done steps of the set that are taken, at least 1
 * @param images of each its own state, in the order of the set
 * @param maps where words are in the images, as far as that is observed
 */
public record DenoisingState(int done, List<Image> images, List<ObservedMap> maps) {

    /** Makes defensive copies. */
    public DenoisingState {
        images = List.copyOf(images);
        maps = List.copyOf(maps);
    }

    /**
     * One image between two steps.
     *
     * @param arrays its latents and behind them what its last step left to the next: (1 + left, channel, height, width)
     * @param noiseArrays how many arrays its generator has given
     */
    public record Image(FloatTensor arrays, int noiseArrays) {}
}
