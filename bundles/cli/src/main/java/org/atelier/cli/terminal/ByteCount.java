package org.atelier.cli.terminal;

import java.util.Locale;

/** Amounts of data as people read them. */
public final class ByteCount {

    private static final long KILO = 1_000;
    private static final long MEGA = 1_000_000;
    private static final long GIGA = 1_000_000_000;

    private ByteCount() {}

    /** {@code 967 MB}. */
    public static String said(long bytes) {
        if (bytes >= 10 * GIGA) {
            return "%d GB".formatted(bytes / GIGA);
        }
        if (bytes >= GIGA) {
            return String.format(Locale.ROOT, "%.1f GB", bytes / (double) GIGA);
        }
        return bytes >= MEGA ? bytes / MEGA + " MB" : (bytes + KILO - 1) / KILO + " kB";
    }
}
