package org.atelier.api.sampling;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The noise of one image: after the noise that it began with, the arrays that PyTorch's CPU generator gives next for its
 * seed. So an image is the same in any chunk, on any device and after any interruption.
 */
@ProviderType
public interface NoiseSource {

    /** The next standard normal array of the latents' shape, float32. */
    NDArray next();
}
