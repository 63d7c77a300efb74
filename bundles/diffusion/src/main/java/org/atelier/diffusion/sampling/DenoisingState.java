package org.atelier.diffusion.sampling;

import java.util.List;
import org.atelier.diffusion.attention.ObservedMap;
import org.atelier.models.safetensors.FloatTensor;

/**
 * The state of a set between two steps: everything that the remaining steps depend on besides the request.
 *
 * @param done completed steps, at least 1
 * @param images state of each image, in the order of the set
 * @param maps observed cross-attention maps
 */
public record DenoisingState(int done, List<Image> images, List<ObservedMap> maps) {

    /** Makes defensive copies. */
    public DenoisingState {
        images = List.copyOf(images);
        maps = List.copyOf(maps);
    }

    /**
     * The state of one image.
     *
     * @param arrays its latents, then the solver history: (1 + history, channel, height, width)
     * @param noiseArrays number of noise arrays taken from its generator
     */
    public record Image(FloatTensor arrays, int noiseArrays) {}
}
