package org.atelier.control.depth;

import java.awt.image.BufferedImage;

/**
 * How near every place of an image is.
 *
 * @param values row by row, more for what is nearer
 * @param width in places
 * @param height in places
 */
@SuppressWarnings("ArrayRecordComponent") // as a tensor gives them
record DepthMap(float[] values, int width, int height) {

    /** A smaller range, of the values themselves, is what resizing makes of equal ones. */
    private static final float ROUNDING = 1e-6f;

    /** Resized as torch's {@code interpolate} does by {@code bicubic} without aligned corners. */
    DepthMap sized(int newWidth, int newHeight) {
        CubicTaps[] columns = CubicTaps.of(width, newWidth);
        CubicTaps[] rows = CubicTaps.of(height, newHeight);
        float[] sized = new float[newWidth * newHeight];
        float[] across = new float[CubicTaps.NUMBER];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                for (int tap = 0; tap < CubicTaps.NUMBER; tap++) {
                    across[tap] = columns[x].weigh(values, rows[y].place(tap) * width);
                }
                sized[y * newWidth + x] = rows[y].weigh(across);
            }
        }
        return new DepthMap(sized, newWidth, newHeight);
    }

    /** The nearest place white, the farthest black; all black where everything is equally far. */
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
