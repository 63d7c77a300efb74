package org.atelier.studio.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Breaks a caption between words, and ends it with an ellipsis if it is too long. */
final class CaptionLines {

    private static final String ELLIPSIS = "…";

    private CaptionLines() {}

    /**
     * Returns the lines of a caption.
     *
     * @param maxLines number of lines, at least 1
     * @param fits whether a text is short enough for a line
     */
    static List<String> of(String caption, int maxLines, Predicate<String> fits) {
        List<String> lines = new ArrayList<>();
        String rest = caption.strip().replaceAll("\\s+", " ");
        while (!rest.isEmpty()) {
            if (fits.test(rest)) {
                lines.add(rest);
                return lines;
            }
            if (lines.size() == maxLines - 1) {
                lines.add(rest.substring(0, longest(rest, ELLIPSIS, fits)).stripTrailing() + ELLIPSIS);
                return lines;
            }
            int end = breakBefore(rest, longest(rest, "", fits));
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        return lines;
    }

    /** Returns how much of the text fits with the ending, at least one character and never half a surrogate pair. */
    private static int longest(String text, String ending, Predicate<String> fits) {
        int end = text.offsetByCodePoints(0, 1);
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            if (!fits.test(text.substring(0, next) + ending)) {
                return end;
            }
            end = next;
        }
        return end;
    }

    /** Returns the end of the last whole word within {@code limit}, or {@code limit} inside a word that is too long. */
    private static int breakBefore(String text, int limit) {
        if (limit == text.length() || text.charAt(limit) == ' ') {
            return limit;
        }
        int space = text.lastIndexOf(' ', limit);
        return space > 0 ? space : limit;
    }
}
