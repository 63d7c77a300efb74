package org.atelier.studio.resolve;

import org.atelier.api.Faults;

/**
 * The widths and heights that a model supports.
 *
 * @param factor the number of pixels of which every side must be a multiple
 */
record ImageSides(int factor) {

    private static final int MAX_SIDE = 4096;

    /**
     * Checks a side.
     *
     * @param name {@code width} or {@code height}
     */
    void check(String name, int pixels, Faults faults) {
        int maximum = MAX_SIDE / factor * factor;
        faults.require(
                pixels % factor == 0 && pixels >= factor && pixels <= maximum,
                "The %s must be a multiple of %d from %d to %d, not %d."
                        .formatted(name, factor, factor, maximum, pixels));
    }
}
