package org.atelier.control.depth;

import java.awt.image.BufferedImage;

/**
 * A map of inverse depth.
 *
 * @param values in row-major order; nearer is higher
 * @param width pixels
 * @param height pixels
 */
@SuppressWarnings("ArrayRecordComponent") // as a tensor returns them
record DepthMap(float[] values, int width, int height) {

    /** A smaller relative range is a rounding error of resizing equal values. */
    private static final float ROUNDING = 1e-6f;

    /** Resizes as torch's {@code interpolate} does in mode {@code bicubic} without aligned corners. */
    DepthMap sized(int newWidth, int newHeight) {
        CubicTaps[] columns = CubicTaps.of(width, newWidth);
        CubicTaps[] rows = CubicTaps.of(height, newHeight);
        float[] sized = new float[newWidth * newHeight];
        float[] across = new float[CubicTaps.NUMBER];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                for (int tap = 0; tap < CubicTaps.NUMBER; tap++) {
                    across[tap] = columns[x].interpolate(values, rows[y].index(tap) * width);
                }
                sized[y * newWidth + x] = rows[y].interpolate(across);
            }
        }
        return new DepthMap(sized, newWidth, newHeight);
    }

    /** Converts to an image, the nearest point white and the farthest black; all black if the depth is constant. */
    BufferedImage image() {
        float farthest = Float.POSITIVE_INFINITY;
        float nearest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            farthest = Math.min(farthest, value);
            nearest = Math.max(nearest, value);
        }
        float range = nearest - farthest;
        if (range <= ROUNDING * Math.abs(nearest)) {
            range = Float.POSITIVE_INFINITY;
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < values.length; i++) {
            int level = (int) ((values[i] - farthest) / range * 255);
            image.setRGB(i % width, i / width, level << 16 | level << 8 | level);
        }
        return image;
    }
}
