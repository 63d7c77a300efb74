package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.atelier.api.sampling.NoiseSource;
import org.atelier.tensor.TorchKernels;

/** The noise of one image, from PyTorch's CPU generator with the image's seed: first that in which it begins. */
public final class ImageNoise implements NoiseSource {

    private final TorchKernels kernels;
    private final NDManager manager;
    private final long seed;
    private final long[] shape;
    private int arraysTaken;

    /**
     * @param manager that the arrays belong to
     * @param shape of the image's latents, (1, channel, height, width)
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

    /** How many arrays were taken. */
    int arraysTaken() {
        return arraysTaken;
    }

    /** Goes on as if that many arrays had been taken. */
    void continueAfter(int arrays) {
        arraysTaken = arrays;
    }
}
