package org.atelier.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Suggests a name for a misspelt word: the one at the smallest edit distance. Case, dots, dashes and underscores are
 * ignored.
 *
 * @param tolerance maximum distance as a fraction of the name's length, 0 to 1
 */
public record ClosestMatch(double tolerance) {

    /** For words that must be a name. */
    public static final ClosestMatch OF_NAMES = new ClosestMatch(0.4);

    /** For words that may deliberately be no name. */
    public static final ClosestMatch OF_SIMILAR_NAMES = new ClosestMatch(0.25);

    /** The closest name, the first in alphabetical order if there are several; empty if none is close enough. */
    public Optional<String> of(String word, Collection<String> names) {
        String letters = letters(word);
        return names.stream()
                .filter(name -> distance(letters, letters(name)) <= tolerance * name.length())
                .min(Comparator.<String>comparingInt(name -> distance(letters, letters(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String letters(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }

    /** The number of insertions, deletions and replacements. Levenshtein 1966. */
    private static int distance(String one, String other) {
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
