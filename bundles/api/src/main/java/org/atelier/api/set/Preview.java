package org.atelier.api.set;

import java.awt.image.BufferedImage;
import java.util.function.Supplier;

/**
 * The prediction of an image at a step, or the latents of a reference at a step of its inversion.
 *
 * @param image its number in the set, or that of the reference, from 0
 * @param step the completed step, from 1
 * @param steps total number of steps
 * @param decoder decodes the prediction or the latents, which takes as long as decoding a finished image; may be called only before
 *     the listener returns
 */
public record Preview(int image, int step, int steps, Supplier<BufferedImage> decoder) {}
