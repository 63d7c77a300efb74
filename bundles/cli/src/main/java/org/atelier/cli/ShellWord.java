package org.atelier.cli;

/** A word as a shell takes it for one, whatever is in it. */
final class ShellWord {

    private ShellWord() {}

    static String of(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
