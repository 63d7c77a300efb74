package org.atelier.diffusion.sampling;

/** How the noisy latents of reference images are computed. */
public sealed interface ReferenceInversion {

    /**
     * By DDIM inversion.
     *
     * @param steps number of inversion steps
     * @param cfgScale guidance scale of the inversion
     * @param offset number of noisiest latents to skip, since they are furthest from the image
     */
    record Ddim(int steps, double cfgScale, int offset) implements ReferenceInversion {}

    /**
     * By adding one noise array of each reference at the levels of the sampler.
     *
     * @param seed of the generator whose first array is the noise of the first reference, and so on
     */
    record Noise(long seed) implements ReferenceInversion {}
}
