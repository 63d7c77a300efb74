package org.atelier.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that somebody meant by a word that is none: the one at the smallest edit distance. Case, dots, dashes and
 * underscores do not count.
 *
 * @param tolerance of a name's letters, how many may differ; from 0 to 1
 */
public record ClosestMatch(double tolerance) {

    /** For words that must be one of the names. */
    public static final ClosestMatch OF_NAMES = new ClosestMatch(0.4);

    /** For words that may be none of the names on purpose. */
    public static final ClosestMatch OF_SIMILAR_NAMES = new ClosestMatch(0.25);

    /** The closest of the names, the first in the alphabet where several are; empty if none is close enough. */
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

    /** How many letters to insert, delete or replace. Levenshtein 1966. */
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
