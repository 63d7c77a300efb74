package org.atelier.plugins;

import java.util.Optional;

/**
 * An option that a strategy accepts without effect.
 *
 * @param name of the option
 * @param unless the option without which it has no effect; empty if it never has one
 */
public record UnusedOption(String name, Optional<String> unless) {

    private static final String UNLESS = " unless ";

    /** Reads a declaration, {@code NAME} or {@code NAME unless OTHER}. */
    static UnusedOption declared(String text) {
        int end = text.indexOf(UNLESS);
        return end < 0
                ? new UnusedOption(text.strip(), Optional.empty())
                : new UnusedOption(
                        text.substring(0, end).strip(),
                        Optional.of(text.substring(end + UNLESS.length()).strip()));
    }
}
