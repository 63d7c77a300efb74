package org.atelier.audio;

import java.math.BigInteger;

/**
 * The low-pass filter between two sample rates: a Kaiser-windowed sinc with 64 zero crossings on each side and a
 * cut-off just below the lower Nyquist frequency. The design is "kaiser_best" of resampy (Smith, Digital Audio
 * Resampling).
 *
 * <p>The weights are stored for every phase, or for {@value #MAX_PHASES} phases with linear interpolation if there are
 * more.
 */
final class SincFilter {

    private static final int ZERO_CROSSINGS = 64;
    private static final double ROLL_OFF = 0.9475937167399596;
    private static final double BETA = 14.769656459379492;
    private static final int MAX_PHASES = 1024;

    /** A step of the output is {@code step / phases} samples of the source. */
    private final long step;

    private final long phases;
    private final int reach;
    private final float[][] weights;

    private SincFilter(long step, long phases) {
        this.step = step;
        this.phases = phases;
        double scale = Math.min(1, (double) phases / step);
        this.reach = (int) Math.ceil(ZERO_CROSSINGS / scale);
        int rows = (int) Math.min(phases, MAX_PHASES);
        this.weights = new float[rows + 1][];
        for (int row = 0; row <= rows; row++) {
            weights[row] = weightsAt((double) row / rows, scale);
        }
    }

    static SincFilter between(int sourceRate, int targetRate) {
        long divisor = BigInteger.valueOf(sourceRate)
                .gcd(BigInteger.valueOf(targetRate))
                .longValueExact();
        return new SincFilter(sourceRate / divisor, targetRate / divisor);
    }

    /** The number of source samples per output sample; a multiple of four. */
    int taps() {
        return (2 * reach + 2 + 3) / 4 * 4;
    }

    /** The source position of an output sample, rounded down. */
    long position(long output) {
        return Math.floorDiv(Math.multiplyExact(output, step), phases);
    }

    /** The first source sample that contributes to an output sample. */
    long firstSample(long output) {
        return position(output) - reach;
    }

    /** @param start index of {@link #firstSample} of this output in {@code samples} */
    float apply(float[] samples, int start, long output) {
        double row = (double) Math.floorMod(output * step, phases) / phases * (weights.length - 1);
        int below = (int) row;
        float between = (float) (row - below);
        float sum = product(samples, start, weights[below]);
        return between == 0 ? sum : sum + between * (product(samples, start, weights[below + 1]) - sum);
    }

    private static float product(float[] samples, int start, float[] weights) {
        // Four independent sums allow parallel additions.
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        for (int i = 0; i < weights.length; i += 4) {
            first += samples[start + i] * weights[i];
            second += samples[start + i + 1] * weights[i + 1];
            third += samples[start + i + 2] * weights[i + 2];
            fourth += samples[start + i + 3] * weights[i + 3];
        }
        return first + second + third + fourth;
    }

    /** @param fraction offset of the output from {@link #position}, 0 to 1 */
    private float[] weightsAt(double fraction, double scale) {
        float[] row = new float[taps()];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) (scale * windowedSinc((i - reach - fraction) * scale));
        }
        return row;
    }

    /** @param x in zero crossings of the lower Nyquist frequency */
    private static double windowedSinc(double x) {
        double edge = x / ZERO_CROSSINGS;
        if (Math.abs(edge) >= 1) {
            return 0;
        }
        double angle = Math.PI * ROLL_OFF * x;
        double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
        return ROLL_OFF * sinc * bessel(BETA * Math.sqrt(1 - edge * edge)) / bessel(BETA);
    }

    /** The modified Bessel function of the first kind and order 0, by its series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
