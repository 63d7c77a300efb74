package org.atelier.studio.sheet;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A picture at another size: enlarged with its pixels kept sharp, reduced without aliasing. */
public final class Thumbnail {

    private Thumbnail() {}

    /** @param side pixels of the longer side */
    public static BufferedImage of(BufferedImage picture, int side) {
        BufferedImage reduced = picture;
        while (longer(reduced) >= 2 * side) {
            reduced = scaled(reduced, (longer(reduced) + 1) / 2, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        }
        Object interpolation = longer(reduced) < side
                ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                : RenderingHints.VALUE_INTERPOLATION_BICUBIC;
        return scaled(reduced, side, interpolation);
    }

    private static int longer(BufferedImage picture) {
        return Math.max(picture.getWidth(), picture.getHeight());
    }

    private static BufferedImage scaled(BufferedImage picture, int side, Object interpolation) {
        double factor = (double) side / longer(picture);
        int width = Math.max(1, (int) Math.round(picture.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(picture.getHeight() * factor));
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = result.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, interpolation);
            pen.drawImage(picture, 0, 0, width, height, null);
        } finally {
            pen.dispose();
        }
        return result;
    }
}
