package org.atelier.diffusion.prediction;

import java.awt.image.BufferedImage;
import java.util.Map;
import org.atelier.diffusion.unet.ControlNet;

/**
 * One ControlNet at work on a set. Reference images that were given never follow a control.
 *
 * @param network fits the pipeline that generates
 * @param images what each image of the set follows, by its place among the subjects and as large as it is generated; a
 *     image that is not named stays free
 * @param scale how strongly: what the network adds to the UNet's features is multiplied by it
 * @param start the part of all steps after which it begins, 0 to 1
 * @param end the part of all steps after which it ends, 0 to 1
 * @param guessMode whether shapes are to be followed without words: with guidance only the conditional half is controlled, and
 *     coarse features more than fine ones
 * @param promptSource what the network is given
 */
public record Control(
        ControlNet network,
        Map<Integer, BufferedImage> images,
        double scale,
        double start,
        double end,
        boolean guessMode,
        PromptSource promptSource) {

    /** Whose text embeddings the network is given. */
    public enum PromptSource {
        /** Each half of its own, as the network was trained. */
        OWN,
        /** Both halves of the negative prompt: what google/style-aligned's {@code controlnet_call} does by mistake. */
        NEGATIVE
    }

    /** Makes defensive copies. */
    public Control {
        images = Map.copyOf(images);
    }

    /** Whether it works at a step, counted from 0. */
    boolean isActiveAt(int step, int steps) {
        return scale > 0 && (double) step / steps >= start && (double) (step + 1) / steps <= end;
    }
}
