package org.atelier.control.depth;

/** The four places along one side of which a new one is made, and how much of each. Keys 1981, with torch's a = -0.75. */
final class CubicTaps {

    static final int NUMBER = 4;

    private static final float A = -0.75f;

    private final int[] places = new int[NUMBER];
    private final float[] weights = new float[NUMBER];

    /** @param at where the new place lies among the old ones, whose borders go on outside */
    private CubicTaps(float at, int size) {
        int before = (int) Math.floor(at);
        float beyond = at - before;
        weights[0] = far(beyond + 1);
        weights[1] = near(beyond);
        weights[2] = near(1 - beyond);
        weights[3] = far(2 - beyond);
        for (int tap = 0; tap < NUMBER; tap++) {
            places[tap] = Math.max(0, Math.min(size - 1, before - 1 + tap));
        }
    }

    /** The taps of every new place, where the outer edges of both sides, not the centres of their ends, lie together. */
    static CubicTaps[] of(int size, int newSize) {
        float scale = (float) size / newSize;
        CubicTaps[] taps = new CubicTaps[newSize];
        for (int i = 0; i < newSize; i++) {
            taps[i] = new CubicTaps(scale * (i + 0.5f) - 0.5f, size);
        }
        return taps;
    }

    /** @param x up to 1 away */
    private static float near(float x) {
        return ((A + 2) * x - (A + 3)) * x * x + 1;
    }

    /** @param x from 1 to 2 away */
    private static float far(float x) {
        return ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
    }

    int place(int tap) {
        return places[tap];
    }

    /** @param start of the line in which the places lie, one behind the other */
    float weigh(float[] values, int start) {
        float sum = 0;
        for (int tap = 0; tap < NUMBER; tap++) {
            sum += weights[tap] * values[start + places[tap]];
        }
        return sum;
    }

    /** @param taken the values at the four places */
    float weigh(float[] taken) {
        float sum = 0;
        for (int tap = 0; tap < NUMBER; tap++) {
            sum += weights[tap] * taken[tap];
        }
        return sum;
    }
}
