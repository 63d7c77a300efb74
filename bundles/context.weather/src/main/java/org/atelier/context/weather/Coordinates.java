package org.atelier.context.weather;

import java.util.Locale;

/**
 * A place on Earth.
 *
 * @param name {@code Bergen, NO}; empty where only the coordinates are known
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
record Coordinates(String name, double latitude, double longitude) {

    private static final double ROUNDING = 100;

    /** Without a name, and with coordinates to a hundredth of a degree, about a kilometre: what weather is the same for. */
    Coordinates rounded() {
        return new Coordinates("", rounded(latitude), rounded(longitude));
    }

    /** {@code Bergen, NO (60.39, 5.32)}. */
    String inWords() {
        String coordinates = String.format(Locale.ROOT, "%.2f, %.2f", latitude, longitude);
        return name.isEmpty() ? coordinates : name + " (" + coordinates + ")";
    }

    private static double rounded(double degrees) {
        // Adding zero makes of -0.0 the same 0.0 that others have.
        return Math.rint(degrees * ROUNDING) / ROUNDING + 0.0;
    }
}
