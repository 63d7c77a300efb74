package org.atelier.api.set;

/**
 * The progress of a set.
 *
 * @param phase the current phase
 * @param done completed units of this phase, from 0 to {@code total}
 * @param total all units of this phase: hundredths of inputs read, components loaded, prompts encoded, inversion steps,
 *     denoising steps of images, images written
 */
public record Progress(Phase phase, int done, int total) {

    /** The phases of generating a set, in order. */
    public enum Phase {
        /** The contexts' inputs are read; the unit is a hundredth of one input. */
        LISTENING,
        /** The networks' weights are loaded. */
        LOADING,
        /** The text encoders encode the prompts. */
        READING,
        /** The references are inverted; the unit is one step of one reference. */
        INVERTING,
        /** The denoising network runs; the unit is one step of one image. */
        GENERATING,
        /** Latents are decoded and the images written. */
        WRITING
    }
}
