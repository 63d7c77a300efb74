package org.atelier.diffusion.sampling;

import java.awt.image.BufferedImage;
import java.util.function.Supplier;

/** Follows a drawing and may end it; called on the drawing thread. */
public interface GenerationListener {

    /** Prompts that are read, of all. */
    default void read(int done, int total) {}

    /** Steps of the references' inversion that are made, of all. */
    default void inverted(int done, int total) {}

    /** Pictures' steps that are made, of all. */
    default void drawn(int done, int total) {}

    /** After a picture's step: what it is going to be. The supplier decodes it, and only until this returns. */
    default void predicted(int picture, int step, int steps, Supplier<BufferedImage> prediction) {}

    /** Something the user should know, in one sentence. */
    default void noted(String sentence) {}

    /** Asked before every pass of a picture through the network; {@code true} ends the drawing. */
    default boolean cancelled() {
        return false;
    }
}
