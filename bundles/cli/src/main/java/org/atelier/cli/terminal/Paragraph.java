package org.atelier.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Wraps text between words to a width and indents the second and further lines. */
public final class Paragraph {

    private static final String INDENT = "  ";

    private Paragraph() {}

    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (line.length() + 1 + word.length() > width && !line.toString().isBlank()) {
                lines.add(line.toString());
                line = new StringBuilder(INDENT).append(word);
            } else {
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
