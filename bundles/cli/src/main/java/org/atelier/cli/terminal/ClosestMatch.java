package org.atelier.cli.terminal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What somebody may have meant: the name that fewest letters set apart. */
public final class ClosestMatch {

    /** Of a name's letters, how many may differ. */
    private static final double MOST = 0.4;

    private ClosestMatch() {}

    public static Optional<String> nearest(String given, List<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(given, name)))
                .filter(name -> distance(given, name) <= MOST * Math.max(given.length(), name.length()));
    }

    /** Levenshtein's: letters to insert, delete or replace. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[before.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[other.length()];
    }
}
