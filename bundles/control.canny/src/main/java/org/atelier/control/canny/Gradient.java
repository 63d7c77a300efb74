package org.atelier.control.canny;

import java.awt.image.BufferedImage;
import java.util.List;

/** How an image's colours change at each pixel, by Sobel's derivatives; of the three colours that which changes most. */
final class Gradient {

    private final int width;
    private final int height;
    private final int[] across;
    private final int[] down;
    private final int[] length;

    /** @param across rightwards, row by row */
    private Gradient(int width, int height, int[] across, int[] down, int[] length) {
        this.width = width;
        this.height = height;
        this.across = across;
        this.down = down;
        this.length = length;
    }

    /** @param euclid whether a length is the sum of both squares, else of both magnitudes */
    static Gradient of(BufferedImage image, int aperture, boolean euclid) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        SobelKernel kernel = SobelKernel.ofSide(aperture);
        Gradient strongest = null;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int[] colour = new int[pixels.length];
            for (int i = 0; i < pixels.length; i++) {
                colour[i] = pixels[i] >> shift & 0xFF;
            }
            int[] across = derivative(colour, width, height, kernel.along(), kernel.aside(), kernel.scale());
            int[] down = derivative(colour, width, height, kernel.aside(), kernel.along(), kernel.scale());
            Gradient next = new Gradient(width, height, across, down, lengths(across, down, euclid));
            strongest = strongest == null ? next : strongest.orWhereLonger(next);
        }
        return strongest;
    }

    /** A separable kernel over a colour whose border goes on outside, as 16-bit numbers. */
    private static int[] derivative(
            int[] colour, int width, int height, List<Integer> row, List<Integer> column, double scale) {
        int reach = row.size() / 2;
        int[] rows = new int[colour.length];
        int[] result = new int[colour.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int sum = 0;
                for (int i = 0; i < row.size(); i++) {
                    sum += row.get(i) * colour[y * width + within(x + i - reach, width)];
                }
                rows[y * width + x] = sum;
            }
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int sum = 0;
                for (int i = 0; i < column.size(); i++) {
                    sum += column.get(i) * rows[within(y + i - reach, height) * width + x];
                }
                long rounded = (long) Math.rint(sum * scale);
                result[y * width + x] = (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
            }
        }
        return result;
    }

    private static int within(int at, int size) {
        return Math.max(0, Math.min(size - 1, at));
    }

    private static int[] lengths(int[] across, int[] down, boolean euclid) {
        int[] lengths = new int[across.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = euclid ? across[i] * across[i] + down[i] * down[i] : Math.abs(across[i]) + Math.abs(down[i]);
        }
        return lengths;
    }

    private Gradient orWhereLonger(Gradient other) {
        for (int i = 0; i < length.length; i++) {
            if (other.length[i] > length[i]) {
                across[i] = other.across[i];
                down[i] = other.down[i];
                length[i] = other.length[i];
            }
        }
        return this;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Rightwards. */
    int acrossAt(int x, int y) {
        return across[y * width + x];
    }

    /** Downwards. */
    int downAt(int x, int y) {
        return down[y * width + x];
    }

    /** Of both together; 0 outside of the image. */
    int lengthAt(int x, int y) {
        boolean inside = x >= 0 && x < width && y >= 0 && y < height;
        return inside ? length[y * width + x] : 0;
    }
}
