package org.atelier.context.weather;

import java.util.Locale;

/**
 * The coordinates of a place, with its name if known.
 *
 * @param name {@code Bergen, NO}; empty if only the coordinates are known
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
record Coordinates(String name, double latitude, double longitude) {

    private static final double ROUNDING = 100;

    /** Removes the name and rounds to a hundredth of a degree, about a kilometre, as a key for cached weather. */
    Coordinates rounded() {
        return new Coordinates("", rounded(latitude), rounded(longitude));
    }

    /** {@code Bergen, NO (60.39, 5.32)}. */
    String describe() {
        String coordinates = String.format(Locale.ROOT, "%.2f, %.2f", latitude, longitude);
        return name.isEmpty() ? coordinates : name + " (" + coordinates + ")";
    }

    private static double rounded(double degrees) {
        // Adding zero turns -0.0 into 0.0, so that both are equal.
        return Math.rint(degrees * ROUNDING) / ROUNDING + 0.0;
    }
}
