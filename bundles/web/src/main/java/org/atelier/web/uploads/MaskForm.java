package org.atelier.web.uploads;

import java.awt.image.BufferedImage;
import java.util.Optional;
import org.atelier.pictures.SourceImage;

/** How a mask marks what is repainted. It is stored as an image whose white pixels are. */
public enum MaskForm {
    /** The transparent pixels, as in OpenAI's API; the white ones of a mask without transparent pixels. */
    TRANSPARENT {
        @Override
        BufferedImage white(SourceImage mask) {
            return transparency(mask).orElseGet(mask::upright);
        }
    },

    /** The opaque pixels, as in stable-diffusion-webui; the white ones of a mask without transparent pixels. */
    WHITE {
        @Override
        BufferedImage white(SourceImage mask) {
            return transparency(mask).map(MaskForm::inverted).orElseGet(mask::upright);
        }
    },

    /** All that {@link #WHITE} leaves out: stable-diffusion-webui's {@code inpainting_mask_invert}. */
    BLACK {
        @Override
        BufferedImage white(SourceImage mask) {
            return inverted(WHITE.white(mask));
        }
    };

    private static final int COLOURS = 0xFFFFFF;

    /** Returns the image whose white pixels are repainted, and whose grey ones are in part. */
    abstract BufferedImage white(SourceImage mask);

    /** White where the image is transparent; empty if it is nowhere. */
    private static Optional<BufferedImage> transparency(SourceImage mask) {
        return mask.transparency().filter(MaskForm::hasLevels);
    }

    private static boolean hasLevels(BufferedImage image) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & COLOURS) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static BufferedImage inverted(BufferedImage image) {
        BufferedImage inverted = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                inverted.setRGB(x, y, ~image.getRGB(x, y) & COLOURS);
            }
        }
        return inverted;
    }
}
