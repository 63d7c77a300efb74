package org.atelier.diffusion.sampling;

import java.awt.image.BufferedImage;
import java.util.function.Supplier;

/** Follows a generation and may end it; called on the generation thread. */
public interface GenerationListener {

    /** Prompts that are read, of all. */
    default void promptsEncoded(int done, int total) {}

    /** Steps of the references' inversion that are made, of all. */
    default void inversionAdvanced(int done, int total) {}

    /** Images' steps that are made, of all. */
    default void denoisingAdvanced(int done, int total) {}

    /** After an image's step: what it is going to be. The supplier decodes it, and only until this returns. */
    default void previewed(int image, int step, int steps, Supplier<BufferedImage> prediction) {}

    /** Something the user should know, in one sentence. */
    default void noted(String sentence) {}

    /** Asked before every pass of an image through the network; {@code true} ends the generation. */
    default boolean cancelled() {
        return false;
    }
}
