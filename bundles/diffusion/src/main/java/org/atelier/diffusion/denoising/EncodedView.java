package org.atelier.diffusion.denoising;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.conditioning.EncodedPrompt;
import org.atelier.diffusion.region.PromptRegion;
import org.atelier.diffusion.window.View;

/**
 * A view with all that the network receives beside its latents.
 *
 * @param attentions views with the same instance can share a batch
 * @param region the part of the image to which the prompt applies; empty for all of it
 */
record EncodedView(View view, EncodedPrompt prompt, LayerAttentions attentions, Optional<PromptRegion> region) {

    /** A view whose prompt applies to all of it. */
    EncodedView(View view, EncodedPrompt prompt, LayerAttentions attentions) {
        this(view, prompt, attentions, Optional.empty());
    }

    /** Index of the image in the set. */
    int image() {
        return view.image();
    }

    /**
     * The latents of the view; its region may be on a background.
     *
     * @param image latents of the whole image, (1, channel, height, width), not scaled, owned by {@code memory}
     */
    NDArray input(NDArray image, int step, NDManager memory) {
        NDArray latents = view.window().cut(image);
        return region.map(part -> part.input(latents, view.window(), step, memory))
                .orElse(latents);
    }
}
