package org.atelier.pictures;

/**
 * Approximates a Gaussian blur by three box blurs of fractional radius in each direction, bit-identical to Pillow's
 * {@code GaussianBlur}. Gwosdek et al. 2011.
 */
final class BoxBlur {

    private static final int PASSES = 3;

    /** Fractional bits of a weight. */
    private static final int PRECISION = 24;

    private static final long HALF = 1L << (PRECISION - 1);

    private final int radius;
    private final long weight;
    private final long edgeWeight;

    /** @param radius of the box; its fraction is the weight of the pixels beyond */
    private BoxBlur(float radius) {
        this.radius = (int) radius;
        this.weight = (long) ((1 << PRECISION) / (radius * 2 + 1));
        this.edgeWeight = ((1L << PRECISION) - (this.radius * 2L + 1) * weight) / 2;
    }

    /** @param levels row by row, unsigned */
    static byte[] gaussian(byte[] levels, int width, int height, int standardDeviation) {
        BoxBlur blur = new BoxBlur(boxRadius(standardDeviation));
        byte[] rows = blur.rows(levels, width, height);
        return transposed(blur.rows(transposed(rows, width, height), height, width), height, width);
    }

    /** The box radius at which the passes have the variance of the Gaussian. */
    private static float boxRadius(float standardDeviation) {
        float variance = standardDeviation * standardDeviation / PASSES;
        float length = (float) Math.sqrt(12.0 * variance + 1.0);
        float whole = (float) Math.floor((length - 1.0) / 2.0);
        float fraction = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance);
        fraction /= 6 * (variance - (whole + 1) * (whole + 1));
        return whole + fraction;
    }

    private byte[] rows(byte[] levels, int width, int height) {
        byte[] blurred = levels.clone();
        for (int pass = 0; pass < PASSES; pass++) {
            byte[] before = blurred.clone();
            for (int y = 0; y < height; y++) {
                row(before, blurred, y * width, width);
            }
        }
        return blurred;
    }

    /** Blurs one row; beyond its ends its outer pixels continue. */
    private void row(byte[] from, byte[] to, int start, int width) {
        long sum = 0;
        for (int x = -radius - 1; x < radius; x++) {
            sum += level(from, start, x, width);
        }
        for (int x = 0; x < width; x++) {
            int left = level(from, start, x - radius - 1, width);
            sum += level(from, start, x + radius, width) - left;
            long edges = (long) left + level(from, start, x + radius + 1, width);
            to[start + x] = (byte) ((sum * weight + edges * edgeWeight + HALF) >> PRECISION);
        }
    }

    private static int level(byte[] levels, int start, int x, int width) {
        return Byte.toUnsignedInt(levels[start + Math.max(0, Math.min(width - 1, x))]);
    }

    private static byte[] transposed(byte[] levels, int width, int height) {
        byte[] transposed = new byte[levels.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                transposed[x * height + y] = levels[y * width + x];
            }
        }
        return transposed;
    }
}
