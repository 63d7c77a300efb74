package org.atelier.cli;

import java.util.Locale;

/** Amounts of data as people read them. */
final class Bytes {

    private static final long KILO = 1_000;
    private static final long MEGA = 1_000_000;
    private static final long GIGA = 1_000_000_000;

    private Bytes() {}

    /** {@code 967 MB}. */
    static String said(long bytes) {
        if (bytes >= 10 * GIGA) {
            return "%d GB".formatted(bytes / GIGA);
        }
        if (bytes >= GIGA) {
            return String.format(Locale.ROOT, "%.1f GB", bytes / (double) GIGA);
        }
        return bytes >= MEGA ? bytes / MEGA + " MB" : (bytes + KILO - 1) / KILO + " kB";
    }
}
