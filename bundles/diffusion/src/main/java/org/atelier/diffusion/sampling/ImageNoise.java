package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.atelier.api.sampling.NoiseSource;
import org.atelier.tensor.TorchKernels;

/**
 * The noise of one image, sampled from PyTorch's CPU generator with the seed of the image. The first array is the
 * initial noise; for an image that starts from a picture, the second is: the first samples the latents of the picture.
 */
public final class ImageNoise implements NoiseSource {

    private final TorchKernels kernels;
    private final NDManager manager;
    private final long seed;
    private final long[] shape;
    private int arraysTaken;

    /**
     * @param manager owns the arrays
     * @param shape shape of the latents, (1, channel, height, width)
     */
    public ImageNoise(TorchKernels kernels, NDManager manager, long seed, long... shape) {
        this.kernels = kernels;
        this.manager = manager;
        this.seed = seed;
        this.shape = shape.clone();
    }

    @Override
    public NDArray next() {
        return kernels.noiseAfter(manager, seed, arraysTaken++, shape);
    }

    /** The array that was sampled last, once more. */
    public NDArray latest() {
        return kernels.noiseAfter(manager, seed, arraysTaken - 1, shape);
    }

    /** Skips an array that is not needed, where diffusers samples one. */
    public void skip() {
        arraysTaken++;
    }

    /** The number of arrays sampled so far. */
    public int arraysTaken() {
        return arraysTaken;
    }

    /** Continues as if this number of arrays had been sampled. */
    public void continueAfter(int arrays) {
        arraysTaken = arrays;
    }
}
