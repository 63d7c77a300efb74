package org.atelier.diffusion.denoising;

import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.conditioning.EncodedPrompt;
import org.atelier.diffusion.window.View;

/**
 * A view with all that the network receives beside its latents.
 *
 * @param attentions views with the same instance can share a batch
 */
record EncodedView(View view, EncodedPrompt prompt, LayerAttentions attentions) {

    /** Index of the image in the set. */
    int image() {
        return view.image();
    }
}
