package org.atelier.pictures;

import java.awt.image.BufferedImage;

/** Resizes by taking for each new pixel the one below its centre. */
final class NearestPixels {

    private NearestPixels() {}

    static BufferedImage resize(BufferedImage picture, int width, int height) {
        if (picture.getWidth() == width && picture.getHeight() == height) {
            return picture;
        }
        int[] columns = positions(picture.getWidth(), width);
        int[] rows = positions(picture.getHeight(), height);
        BufferedImage resized = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                resized.setRGB(x, y, picture.getRGB(columns[x], rows[y]));
            }
        }
        return resized;
    }

    /** Pillow adds up the steps, so that a position exactly between two pixels falls to the side its rounding takes. */
    private static int[] positions(int from, int to) {
        double scale = (double) from / to;
        double centre = scale * 0.5;
        int[] positions = new int[to];
        for (int i = 0; i < to; i++) {
            positions[i] = Math.min((int) centre, from - 1);
            centre += scale;
        }
        return positions;
    }
}
