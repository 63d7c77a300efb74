package org.atelier.requests;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The names of the sets of a campaign, which are those of their folders: readable, and different without regard to case. */
final class SetNames {

    /** The longest part of a name, in characters. */
    private static final int MAX_PART = 40;

    /** The files beside the folders of the sets. */
    private static final Set<String> RESERVED = Set.of("batch.json", "batch.journal", "batch.lock", "index.html");

    private final Set<String> taken = new HashSet<>(RESERVED);

    /** Returns a text as a part of a name: letters and digits, joined by hyphens. */
    static String part(String text) {
        String joined = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
        int end = Math.min(joined.length(), MAX_PART);
        // Never half a surrogate pair.
        String part = joined.substring(0, end > 0 && Character.isHighSurrogate(joined.charAt(end - 1)) ? end - 1 : end)
                .replaceAll("^-+|-+$", "");
        return part.isEmpty() ? "none" : part;
    }

    /** Takes a name, with a number if it is taken. */
    String free(String name) {
        String free = name;
        for (int number = 2; !take(free); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    /** Takes a name. @return whether it was free */
    boolean take(String name) {
        return taken.add(name.toLowerCase(Locale.ROOT));
    }
}
