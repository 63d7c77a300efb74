package org.atelier.cli.terminal;

/** A word as a shell takes it for one, whatever is in it. */
public final class ShellWord {

    private ShellWord() {}

    public static String of(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
