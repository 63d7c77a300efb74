package org.atelier.text;

import java.nio.charset.CharacterCodingException;

/** A text is not UTF-8. */
public final class InvalidUtf8Exception extends CharacterCodingException {

    private static final long serialVersionUID = 1L;

    private final int line;

    InvalidUtf8Exception(int line) {
        this.line = line;
    }

    /** The number of the first line that is not UTF-8; the first line is 1. */
    public int line() {
        return line;
    }

    @Override
    public String getMessage() {
        return "line " + line + " is not UTF-8";
    }
}
