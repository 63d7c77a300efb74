package org.atelier.diffusion.sampling;

import java.util.List;
import org.atelier.diffusion.attention.ObservedMap;
import org.atelier.models.safetensors.FloatTensor;

/**
 * A set between two steps: all that its later steps depend on, but for what its request says.
 *
 * @param done steps that are taken, at least 1
 * @param pictures of each its latents and behind them what the sampler remembers: (1 + remembered, channel, height, width)
 * @param maps where words are in the pictures, as far as that is observed
 */
public record DenoisingState(int done, List<FloatTensor> pictures, List<ObservedMap> maps) {

    /** Copies what could be changed from outside. */
    public DenoisingState {
        pictures = List.copyOf(pictures);
        maps = List.copyOf(maps);
    }
}
