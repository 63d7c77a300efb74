package org.atelier.cli.terminal;

/** Quotes a word for the shell if needed. */
public final class ShellWord {

    private ShellWord() {}

    public static String of(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
