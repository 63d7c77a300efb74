package org.atelier.api.set;

/**
 * How far a set is.
 *
 * @param phase what is being done
 * @param done units of this phase that are done, from 0 to {@code total}
 * @param total units of this phase in all: hundredths of inputs put into words, components loaded, prompts read, references'
 *     steps inverted, image-steps denoised, images decoded
 */
public record Progress(Phase phase, int done, int total) {

    /** What a set goes through, in order. */
    public enum Phase {
        /** The contexts' inputs are put into words; the unit is a hundredth of one input. */
        LISTENING,
        /** The networks' weights are loaded. */
        LOADING,
        /** The text encoders read the prompts. */
        READING,
        /** The references are brought to noise; the unit is one reference's one step. */
        INVERTING,
        /** The denoising network generates; the unit is one image's one step. */
        GENERATING,
        /** Latents become images and are written. */
        WRITING
    }
}
