package org.atelier.diffusion.prediction;

import java.awt.image.BufferedImage;
import java.util.Map;
import org.atelier.diffusion.unet.ControlNet;

/**
 * A ControlNet applied to a set. Given reference images are never controlled.
 *
 * @param network fits the model of the pipeline
 * @param images control images by index of the generated image, each of the generated size; other images are not
 *     controlled
 * @param scale conditioning scale; multiplies the residuals
 * @param start fraction of the steps at which control starts, 0 to 1
 * @param end fraction of the steps at which control ends, 0 to 1
 * @param guessMode guess mode: with guidance only the conditional half is controlled, and residuals are scaled from 0.1
 *     for the finest to 1 for the coarsest features
 * @param promptSource text embeddings that the network receives
 */
public record Control(
        ControlNet network,
        Map<Integer, BufferedImage> images,
        double scale,
        double start,
        double end,
        boolean guessMode,
        PromptSource promptSource) {

    /** The text embeddings that the ControlNet receives. */
    public enum PromptSource {
        /** Those of each half of guidance, as in training. */
        OWN,
        /**
         * Those of the negative prompt for both halves: a bug of {@code controlnet_call} in google/style-aligned, for
         * parity.
         */
        NEGATIVE
    }

    /** Makes defensive copies. */
    public Control {
        images = Map.copyOf(images);
    }

    /** Whether control is active at a step, counted from 0. */
    boolean isActiveAt(int step, int steps) {
        return scale > 0 && (double) step / steps >= start && (double) (step + 1) / steps <= end;
    }
}
