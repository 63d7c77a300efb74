package org.atelier.pictures;

import java.awt.image.BufferedImage;

/** Resizes by nearest neighbour: each new pixel is the source pixel at its centre. */
final class NearestPixels {

    private NearestPixels() {}

    static BufferedImage resize(BufferedImage image, int width, int height) {
        if (image.getWidth() == width && image.getHeight() == height) {
            return image;
        }
        int[] columns = positions(image.getWidth(), width);
        int[] rows = positions(image.getHeight(), height);
        BufferedImage resized = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                resized.setRGB(x, y, image.getRGB(columns[x], rows[y]));
            }
        }
        return resized;
    }

    /** Accumulates the steps as Pillow does, so that positions exactly between two pixels round identically. */
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
