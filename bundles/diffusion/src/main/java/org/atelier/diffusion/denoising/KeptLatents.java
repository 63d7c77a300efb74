package org.atelier.diffusion.denoising;

import ai.djl.ndarray.NDArray;
import org.atelier.api.sampling.Solver;

/**
 * The latents of a picture that are kept outside a mask. After each step they replace the generated ones there, with the
 * same noise at the level of the next step, and at last without noise. As in the inpainting pipelines of diffusers.
 */
final class KeptLatents {

    private final Solver solver;
    private final NDArray clean;
    private final NDArray noise;
    private final NDArray generatedShare;

    /**
     * @param clean (1, channel, height, width)
     * @param noise the initial noise of the image
     * @param generatedShare 1 where the image is generated, 0 where it is kept, (1, 1, height, width)
     */
    KeptLatents(Solver solver, NDArray clean, NDArray noise, NDArray generatedShare) {
        this.solver = solver;
        this.clean = clean;
        this.noise = noise;
        this.generatedShare = generatedShare;
    }

    /**
     * Puts the kept latents in their place.
     *
     * @param latents after a step, (1, channel, height, width)
     * @param done number of completed steps
     * @return a new array, shaped as the latents
     */
    NDArray into(NDArray latents, int done) {
        NDArray kept = done < solver.steps() ? solver.addNoise(clean, noise, done) : clean;
        return generatedShare.neg().add(1).mul(kept).add(generatedShare.mul(latents));
    }
}
