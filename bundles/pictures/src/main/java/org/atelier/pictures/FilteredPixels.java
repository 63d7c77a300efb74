package org.atelier.pictures;

import java.awt.image.BufferedImage;

/**
 * Resizes in two passes with fixed-point weights and 8-bit intermediate results, as Pillow does. The filter is widened
 * when shrinking.
 */
final class FilteredPixels {

    /** Fractional bits of a weight. */
    private static final int PRECISION = 32 - 8 - 2;

    private FilteredPixels() {}

    static BufferedImage resize(BufferedImage image, int width, int height, Resampling filter) {
        int fromWidth = image.getWidth();
        int fromHeight = image.getHeight();
        if (fromWidth == width && fromHeight == height) {
            return image;
        }
        int[] pixels = image.getRGB(0, 0, fromWidth, fromHeight, null, 0, fromWidth);
        if (startsWithColumns(fromWidth - width, fromHeight - height)) {
            pixels = columns(pixels, fromWidth, fromHeight, height, filter);
            pixels = rows(pixels, fromWidth, height, width, filter);
        } else {
            pixels = rows(pixels, fromWidth, fromHeight, width, filter);
            pixels = columns(pixels, width, fromHeight, height, filter);
        }
        BufferedImage resized = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        resized.setRGB(0, 0, width, height, pixels, 0, width);
        return resized;
    }

    /** As Pillow 13: columns are first if the height shrinks, and by more than twice as many pixels as the width. */
    private static boolean startsWithColumns(int lessWidth, int lessHeight) {
        return lessHeight > 0 && lessHeight > 2 * lessWidth;
    }

    private static int[] rows(int[] pixels, int width, int height, int newWidth, Resampling filter) {
        if (width == newWidth) {
            return pixels;
        }
        Kernel[] kernels = kernels(width, newWidth, filter);
        int[] result = new int[newWidth * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < newWidth; x++) {
                result[y * newWidth + x] = kernels[x].weigh(pixels, y * width, 1);
            }
        }
        return result;
    }

    private static int[] columns(int[] pixels, int width, int height, int newHeight, Resampling filter) {
        if (height == newHeight) {
            return pixels;
        }
        Kernel[] kernels = kernels(height, newHeight, filter);
        int[] result = new int[width * newHeight];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < width; x++) {
                result[y * width + x] = kernels[y].weigh(pixels, x, width);
            }
        }
        return result;
    }

    /** The weights of one new pixel. */
    private static final class Kernel {
        private final int first;
        private final int[] weights;

        /**
         * @param first index of the first source pixel
         * @param weights of this and the following source pixels, with {@link #PRECISION} fractional bits
         */
        Kernel(int first, int[] weights) {
            this.first = first;
            this.weights = weights;
        }

        int weigh(int[] pixels, int start, int stride) {
            int half = 1 << (PRECISION - 1);
            int red = half;
            int green = half;
            int blue = half;
            for (int i = 0; i < weights.length; i++) {
                int pixel = pixels[start + (first + i) * stride];
                red += (pixel >> 16 & 0xFF) * weights[i];
                green += (pixel >> 8 & 0xFF) * weights[i];
                blue += (pixel & 0xFF) * weights[i];
            }
            return level(red) << 16 | level(green) << 8 | level(blue);
        }

        private static int level(int sum) {
            return Math.max(0, Math.min(255, sum >> PRECISION));
        }
    }

    private static Kernel[] kernels(int from, int to, Resampling filter) {
        double scale = (double) from / to;
        double stretch = Math.max(1, scale);
        double support = filter.support() * stretch;
        Kernel[] kernels = new Kernel[to];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            int first = (int) Math.max(0, centre - support + 0.5);
            int end = (int) Math.min(from, centre + support + 0.5);
            kernels[i] = new Kernel(first, weights(first, end, centre, 1 / stretch, filter));
        }
        return kernels;
    }

    private static int[] weights(int first, int end, double centre, double shrink, Resampling filter) {
        double[] exact = new double[end - first];
        double sum = 0;
        for (int i = 0; i < exact.length; i++) {
            exact[i] = filter.weighSigned((first + i - centre + 0.5) * shrink);
            sum += exact[i];
        }
        int[] weights = new int[exact.length];
        for (int i = 0; i < exact.length; i++) {
            double scaled = exact[i] / sum * (1 << PRECISION);
            weights[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        return weights;
    }
}
