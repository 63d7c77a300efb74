package org.atelier.studio.sheet;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Scales an image: enlarges it with sharp pixels, reduces it without aliasing. */
public final class Thumbnail {

    private Thumbnail() {}

    /** @param side the longer side of the result, in pixels */
    public static BufferedImage of(BufferedImage image, int side) {
        BufferedImage reduced = image;
        while (longer(reduced) >= 2 * side) {
            reduced = scaled(reduced, (longer(reduced) + 1) / 2, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        }
        Object interpolation = longer(reduced) < side
                ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                : RenderingHints.VALUE_INTERPOLATION_BICUBIC;
        return scaled(reduced, side, interpolation);
    }

    private static int longer(BufferedImage image) {
        return Math.max(image.getWidth(), image.getHeight());
    }

    private static BufferedImage scaled(BufferedImage image, int side, Object interpolation) {
        double factor = (double) side / longer(image);
        int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = result.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, interpolation);
            graphics.drawImage(image, 0, 0, width, height, null);
        } finally {
            graphics.dispose();
        }
        return result;
    }
}
