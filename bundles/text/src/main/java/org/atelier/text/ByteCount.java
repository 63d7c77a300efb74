package org.atelier.text;

import java.util.Locale;

/** Formats byte counts for users, in powers of ten. */
public final class ByteCount {

    private static final long KILO = 1_000;
    private static final long MEGA = 1_000_000;
    private static final double GIGA = 1e9;

    private ByteCount() {}

    /** {@code 4 kB}, rounded up; {@code 967 MB}; {@code 6.9 GB}. */
    public static String of(long bytes) {
        if (bytes >= GIGA) {
            return String.format(Locale.ROOT, "%.1f GB", bytes / GIGA);
        }
        return bytes >= MEGA ? bytes / MEGA + " MB" : (bytes + KILO - 1) / KILO + " kB";
    }
}
