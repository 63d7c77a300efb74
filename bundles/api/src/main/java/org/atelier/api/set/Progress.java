package org.atelier.api.set;

/**
 * The progress of a set.
 *
 * @param phase the current phase
 * @param done completed units of this phase, from 0 to {@code total}
 * @param total all units of this phase
 */
public record Progress(Phase phase, int done, int total) {

    /** The phases of generating a set, in order. */
    public enum Phase {
        /** The inputs of contexts are turned into text; the unit is a hundredth of one input. */
        READING_CONTEXTS,
        /** The weights of the networks are loaded; the unit is one component. */
        LOADING_MODEL,
        /** The text encoders encode the prompts; the unit is one prompt. */
        ENCODING_PROMPTS,
        /** The references are inverted; the unit is one step of one reference. */
        INVERTING,
        /** The denoising network runs; the unit is one step of one image. */
        GENERATING,
        /** Latents are decoded and images are written; the unit is one image. */
        WRITING
    }
}
