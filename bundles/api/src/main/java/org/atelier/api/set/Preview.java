package org.atelier.api.set;

import java.awt.image.BufferedImage;
import java.util.function.Supplier;

/**
 * What an image is going to be, predicted at a step.
 *
 * @param image its place in the set, from 0
 * @param step the step that was just made, from 1
 * @param steps steps in all
 * @param decoder decodes the prediction, which takes as long as a finished image's decoding; to be called, if at all,
 *     before the listener returns
 */
public record Preview(int image, int step, int steps, Supplier<BufferedImage> decoder) {}
