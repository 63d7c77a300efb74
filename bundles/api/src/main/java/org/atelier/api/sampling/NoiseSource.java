package org.atelier.api.sampling;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The noise of one image: the arrays that PyTorch's CPU generator samples for its seed after the initial noise. An
 * image is therefore the same in any chunk, on any device and after any interruption.
 */
@ProviderType
public interface NoiseSource {

    /** Samples the next standard normal array of the latents' shape, float32. */
    NDArray next();
}
