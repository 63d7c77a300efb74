package org.atelier.control.canny;

import java.util.List;

/**
 * A derivative's kernel, as a row times a column.
 *
 * @param along the direction in which it derives
 * @param aside across that
 * @param scale of the sums
 */
record SobelKernel(List<Integer> along, List<Integer> aside, double scale) {

    /** @param aperture 3, 5 or 7 */
    static SobelKernel ofSide(int aperture) {
        return switch (aperture) {
            case 3 -> new SobelKernel(List.of(-1, 0, 1), List.of(1, 2, 1), 1);
            case 5 -> new SobelKernel(List.of(-1, -2, 0, 2, 1), List.of(1, 4, 6, 4, 1), 1);
            // Its sums are too large for the 16 bits in which OpenCV keeps them.
            case 7 -> new SobelKernel(List.of(-1, -4, -5, 0, 5, 4, 1), List.of(1, 6, 15, 20, 15, 6, 1), 1 / 16.0);
            default -> throw new IllegalArgumentException("no kernel of side " + aperture);
        };
    }
}
