package org.atelier.diffusion.sampling;

import java.awt.image.BufferedImage;
import java.util.function.Supplier;

/**
 * A picture that an image starts from. Its pixels are decoded when they are needed, so that a set holds the latents of
 * its pictures, not their pixels.
 *
 * @param picture decodes the picture, of the size of the image; images with the same instance share its encoding
 * @param mask decodes the mask, of the size of the image; {@code null} if the whole picture is repainted
 * @param step first step of the image, counted from 0
 */
public record InitPicture(Supplier<BufferedImage> picture, Supplier<InpaintingMask> mask, int step)
        implements ImageStart {

    /** Checks the step. */
    public InitPicture {
        if (step < 0) {
            throw new IllegalArgumentException("The first step of an image must be 0 or more, not " + step);
        }
    }

    /** Whether a part of the picture is kept. */
    public boolean isMasked() {
        return mask != null;
    }

    /**
     * The number of steps that remain for a denoising strength, rounded down as in diffusers; may be 0.
     *
     * @param steps all denoising steps
     * @param denoise 0 to 1
     */
    public static int remainingSteps(int steps, double denoise) {
        return Math.min((int) (steps * denoise), steps);
    }
}
