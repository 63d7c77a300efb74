package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.inversion.EncodedReference;
import org.atelier.diffusion.inversion.InvertedReferences.Inverted;

/** A reference in latent space with the conditioning of its prompt. */
record ConditionedReference(EncodedReference encoded, Conditioning conditioning) {

    /** Clean latents, (1, channel, height, width). */
    NDArray clean() {
        return encoded.latents();
    }

    /** @param latents at each timestep, then the clean ones: (1, channel, height, width) */
    Inverted inverted(List<NDArray> latents) {
        return new Inverted(encoded.prompt(), latents, conditioning, encoded.use());
    }
}
