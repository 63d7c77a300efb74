package org.atelier.diffusion.sampling;

import java.awt.image.BufferedImage;
import java.util.function.Supplier;

/** Receives the progress of a generation and can cancel it; called on the generation thread. */
public interface GenerationListener {

    /** Called after each encoded prompt. */
    default void promptsEncoded(int done, int total) {}

    /** Called after each inversion step, counted over all references. */
    default void inversionAdvanced(int done, int total) {}

    /**
     * Called after each inversion step of a reference. The supplier decodes its noisy latents; it is valid only until this
     * method returns.
     *
     * @param step completed steps, from 1
     */
    default void inverted(int reference, int step, int steps, Supplier<BufferedImage> latents) {}

    /** Called after denoising steps, counted over all images. */
    default void denoisingAdvanced(int done, int total) {}

    /**
     * Called after each step of an image. The supplier decodes the predicted clean image; it is valid only until this
     * method returns.
     */
    default void previewed(int image, int step, int steps, Supplier<BufferedImage> prediction) {}

    /** Called with a notice for the user, one sentence. */
    default void noted(String sentence) {}

    /** Polled before every pass through the network; {@code true} cancels the generation. */
    default boolean cancelled() {
        return false;
    }
}
