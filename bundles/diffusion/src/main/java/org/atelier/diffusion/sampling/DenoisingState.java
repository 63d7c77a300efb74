package org.atelier.diffusion.sampling;

import java.util.List;
import org.atelier.models.safetensors.FloatTensor;

/**
 * A set between two steps: all that its later steps depend on, but for what its request says.
 *
 * @param done steps that are taken, at least 1
 * @param pictures of each its latents and behind them what the sampler remembers: (1 + remembered, channel, height, width)
 */
public record DenoisingState(int done, List<FloatTensor> pictures) {

    /** Copies what could be changed from outside. */
    public DenoisingState {
        pictures = List.copyOf(pictures);
    }
}
