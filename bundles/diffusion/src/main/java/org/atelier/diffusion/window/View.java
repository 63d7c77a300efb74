package org.atelier.diffusion.window;

import ai.djl.ndarray.NDArray;

/**
 * What runs through the network as one image of a batch: a whole image of a set, or one of its windows, with one of the
 * prompts of the image.
 *
 * @param number counts the views of a set, from 0
 * @param image index of the image in the set
 * @param window its part of the image
 * @param weights 1 where its prompt applies, else 0: (1, 1, height, width) of the whole image; {@code null}: everywhere
 */
public record View(int number, int image, Window window, NDArray weights) {

    /** A view whose prompt applies everywhere. */
    public View(int number, int image, Window window) {
        this(number, image, window, null);
    }
}
