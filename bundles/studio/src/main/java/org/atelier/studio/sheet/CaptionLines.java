package org.atelier.studio.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Breaks a caption between words, and ends it with an ellipsis where it is too long. */
final class CaptionLines {

    private static final String ELLIPSIS = "…";

    private CaptionLines() {}

    /**
     * The lines of a caption.
     *
     * @param most number of lines, at least 1
     * @param fits whether a text is short enough for a line
     */
    static List<String> of(String caption, int most, Predicate<String> fits) {
        List<String> lines = new ArrayList<>();
        String left = caption.strip().replaceAll("\\s+", " ");
        while (!left.isEmpty()) {
            if (fits.test(left)) {
                lines.add(left);
                return lines;
            }
            if (lines.size() == most - 1) {
                lines.add(left.substring(0, longest(left, ELLIPSIS, fits)).stripTrailing() + ELLIPSIS);
                return lines;
            }
            int end = breakBefore(left, longest(left, "", fits));
            lines.add(left.substring(0, end).stripTrailing());
            left = left.substring(end).stripLeading();
        }
        return lines;
    }

    /** How much of the text fits with the ending after it, at least one character and no half of one. */
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

    /** The end of the last whole word within {@code limit}, or {@code limit} inside a word that is too long. */
    private static int breakBefore(String text, int limit) {
        if (limit == text.length() || text.charAt(limit) == ' ') {
            return limit;
        }
        int space = text.lastIndexOf(' ', limit);
        return space > 0 ? space : limit;
    }
}
