package org.atelier.diffusion.sampling;

import java.util.stream.IntStream;

/**
 * The steps in which style is shared.
 *
 * @param from start (inclusive) as a fraction of all steps, 0 to 1
 * @param to end (exclusive) as a fraction of all steps, 0 to 1
 */
public record StyleWindow(double from, double to) {

    /** All steps. */
    public static final StyleWindow ALL_STEPS = new StyleWindow(0, 1);

    /** Whether style is shared in any step. */
    public boolean includesAny(int steps) {
        return IntStream.range(0, steps).anyMatch(step -> includes(step, steps));
    }

    /** Whether style is shared in a step, counted from 0. */
    public boolean includes(int step, int steps) {
        double fraction = (double) step / steps;
        return from <= fraction && fraction < to;
    }
}
