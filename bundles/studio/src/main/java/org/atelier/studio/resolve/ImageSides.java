package org.atelier.studio.resolve;

import org.atelier.api.Faults;

/**
 * Which widths and heights a model generates.
 *
 * @param factor every side is a multiple of it, in pixels
 */
record ImageSides(int factor) {

    private static final int LONGEST = 4096;

    /**
     * Checks a side.
     *
     * @param name {@code width} or {@code height}
     */
    void check(String name, int pixels, Faults faults) {
        int most = LONGEST / factor * factor;
        faults.require(
                pixels % factor == 0 && pixels >= factor && pixels <= most,
                "The %s must be a multiple of %d from %d to %d, not %d.".formatted(name, factor, factor, most, pixels));
    }
}
