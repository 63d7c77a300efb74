package org.atelier.requests;

import java.io.Reader;

/**
 * A text that is handed out letter by letter, so that a parser which reads no further than it must is at the line of
 * what it reads.
 */
final class CountedLines extends Reader {

    private final String text;
    private int next;
    private int breaks;
    private int line = 1;

    CountedLines(String text) {
        this.text = text;
    }

    /** The line of the last letter that was no white space, from 1. */
    int line() {
        return line;
    }

    @Override
    public int read(char[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (next == text.length()) {
            return -1;
        }
        char letter = text.charAt(next++);
        buffer[offset] = letter;
        if (letter == '\n') {
            breaks++;
        } else if (!Character.isWhitespace(letter)) {
            line = breaks + 1;
        }
        return 1;
    }

    @Override
    public void close() {}
}
