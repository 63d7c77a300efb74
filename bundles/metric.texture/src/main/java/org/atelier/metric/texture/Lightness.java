package org.atelier.metric.texture;

import org.atelier.metric.slices.CieLab;

/** The lightness of an image at one scale. */
final class Lightness {

    private static final int SMALLEST = 3;

    private final int width;
    private final int height;
    private final double[] values;

    /** @param values row by row */
    private Lightness(int width, int height, double[] values) {
        this.width = width;
        this.height = height;
        this.values = values;
    }

    static Lightness of(CieLab colours) {
        return new Lightness(colours.width(), colours.height(), colours.planes()[0]);
    }

    /** Whether it is large enough for a 3 x 3 filter. */
    boolean isFilterable() {
        return width >= SMALLEST && height >= SMALLEST;
    }

    /**
     * The filter responses at every pixel except the border: horizontal, vertical and both diagonal differences, scaled
     * to the side of a pixel, and the Laplacian.
     *
     * @return (filter, pixel)
     */
    double[][] responses() {
        double[][] found = new double[5][(width - 2) * (height - 2)];
        int pixel = 0;
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                double right = at(x + 1, y);
                double left = at(x - 1, y);
                double below = at(x, y + 1);
                double above = at(x, y - 1);
                found[0][pixel] = right - left;
                found[1][pixel] = below - above;
                found[2][pixel] = (at(x + 1, y + 1) - at(x - 1, y - 1)) / Math.sqrt(2);
                found[3][pixel] = (at(x - 1, y + 1) - at(x + 1, y - 1)) / Math.sqrt(2);
                found[4][pixel] = right + left + below + above - 4 * at(x, y);
                pixel++;
            }
        }
        return found;
    }

    /** Halves the size: each pixel is the mean of 2 x 2 pixels; an odd last row or column is dropped. */
    Lightness halved() {
        int columns = width / 2;
        int rows = height / 2;
        double[] halves = new double[columns * rows];
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                halves[y * columns + x] =
                        (at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1)) / 4;
            }
        }
        return new Lightness(columns, rows, halves);
    }

    private double at(int x, int y) {
        return values[y * width + x];
    }
}
