package org.atelier.attention.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OtsuTest {

    @Test
    void dividesTwoClusters() {
        assertEquals(.12f, Otsu.threshold(new float[] {.9f, .1f, .12f, .8f, .05f, .85f}));
    }

    /** By hand: {0} | {1, 3} has 1 · 2 · 2² = 8, {0, 1} | {3} has 2 · 1 · 2.5² = 12.5. */
    @Test
    void maximisesTheVarianceBetweenTheClasses() {
        assertEquals(1, Otsu.threshold(new float[] {3, 0, 1}));
    }

    @Test
    void doesNotDivideEqualValues() {
        assertEquals(.5f, Otsu.threshold(new float[] {.5f, .5f, .5f}));
    }
}
