package org.atelier.control.depth;

/** The indices and weights of the four samples of a cubic interpolation along one axis. Keys 1981, with torch's a = -0.75. */
final class CubicTaps {

    static final int NUMBER = 4;

    private static final float A = -0.75f;

    private final int[] indices = new int[NUMBER];
    private final float[] weights = new float[NUMBER];

    /** @param at the position of the new sample among the old ones, which are clamped at the borders */
    private CubicTaps(float at, int size) {
        int before = (int) Math.floor(at);
        float beyond = at - before;
        weights[0] = far(beyond + 1);
        weights[1] = near(beyond);
        weights[2] = near(1 - beyond);
        weights[3] = far(2 - beyond);
        for (int tap = 0; tap < NUMBER; tap++) {
            indices[tap] = Math.max(0, Math.min(size - 1, before - 1 + tap));
        }
    }

    /** The taps of all new samples, without aligned corners. */
    static CubicTaps[] of(int size, int newSize) {
        float scale = (float) size / newSize;
        CubicTaps[] taps = new CubicTaps[newSize];
        for (int i = 0; i < newSize; i++) {
            taps[i] = new CubicTaps(scale * (i + 0.5f) - 0.5f, size);
        }
        return taps;
    }

    /** @param x the distance, 0 to 1 */
    private static float near(float x) {
        return ((A + 2) * x - (A + 3)) * x * x + 1;
    }

    /** @param x the distance, 1 to 2 */
    private static float far(float x) {
        return ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
    }

    int index(int tap) {
        return indices[tap];
    }

    /** @param start the index of the first sample of a contiguous row */
    float interpolate(float[] values, int start) {
        float sum = 0;
        for (int tap = 0; tap < NUMBER; tap++) {
            sum += weights[tap] * values[start + indices[tap]];
        }
        return sum;
    }

    /** @param samples the values of the four samples */
    float interpolate(float[] samples) {
        float sum = 0;
        for (int tap = 0; tap < NUMBER; tap++) {
            sum += weights[tap] * samples[tap];
        }
        return sum;
    }
}
