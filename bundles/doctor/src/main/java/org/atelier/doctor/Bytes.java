package org.atelier.doctor;

import java.util.Locale;

/** Amounts of data as people read them. */
final class Bytes {

    private static final double GIGA = 1e9;
    private static final double MEGA = 1e6;

    private Bytes() {}

    /** {@code 1.5 GB}. */
    static String said(long bytes) {
        return bytes >= GIGA
                ? String.format(Locale.ROOT, "%.1f GB", bytes / GIGA)
                : String.format(Locale.ROOT, "%.0f MB", bytes / MEGA);
    }
}
