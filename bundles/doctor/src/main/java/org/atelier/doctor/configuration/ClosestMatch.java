package org.atelier.doctor.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What may have been meant by a word that nobody knows. */
final class ClosestMatch {

    private ClosestMatch() {}

    /** The known word that differs least, if it differs by less than a third of its letters; case and separators do not count. */
    static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(other -> distance(word, other) <= other.length() / 4)
                .min(Comparator.<String>comparingInt(other -> distance(word, other))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int distance(String one, String other) {
        return levenshtein(bare(one), bare(other));
    }

    private static String bare(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }

    private static int levenshtein(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int replaced = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
