package org.atelier.requests.tree;

import java.io.Reader;

/** Reads a text one character at a time, so that the line of a parser's current token is known. */
final class LineCountingReader extends Reader {

    private final String text;
    private int next;
    private int breaks;
    private int line = 1;

    LineCountingReader(String text) {
        this.text = text;
    }

    /** The line of the last character that is not white space, from 1. */
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
        char character = text.charAt(next++);
        buffer[offset] = character;
        if (character == '\n') {
            breaks++;
        } else if (!Character.isWhitespace(character)) {
            line = breaks + 1;
        }
        return 1;
    }

    @Override
    public void close() {}
}
