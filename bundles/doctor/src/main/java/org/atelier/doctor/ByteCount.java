package org.atelier.doctor;

import java.util.Locale;

/** Amounts of data as people read them. */
public final class ByteCount {

    private static final double GIGA = 1e9;
    private static final double MEGA = 1e6;

    private ByteCount() {}

    /** {@code 1.5 GB}. */
    public static String said(long bytes) {
        return bytes >= GIGA
                ? String.format(Locale.ROOT, "%.1f GB", bytes / GIGA)
                : String.format(Locale.ROOT, "%.0f MB", bytes / MEGA);
    }
}
