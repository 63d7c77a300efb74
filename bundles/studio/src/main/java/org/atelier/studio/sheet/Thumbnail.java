package org.atelier.studio.sheet;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** An image at another size: enlarged with its pixels kept sharp, reduced without aliasing. */
public final class Thumbnail {

    private Thumbnail() {}

    /** @param side pixels of the longer side */
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
        Graphics2D pen = result.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, interpolation);
            pen.drawImage(image, 0, 0, width, height, null);
        } finally {
            pen.dispose();
        }
        return result;
    }
}
