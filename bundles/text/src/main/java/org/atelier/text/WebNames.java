package org.atelier.text;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The syntax of host names and of the origins of web pages. */
public final class WebNames {

    private static final String NAME =
            "(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\\.?";
    private static final Pattern HOST = Pattern.compile(NAME);
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*");
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://(?:[a-z0-9_.-]{1,253}|\\[[0-9a-f:.]+])(?::\\d{1,5})?");

    private WebNames() {}

    /**
     * Returns a host in lower case, an IPv6 address without brackets; empty if it is neither a name nor an address, such as
     * one with a port.
     */
    public static Optional<String> host(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean bracketed = lower.startsWith("[") && lower.endsWith("]");
        String bare = bracketed ? lower.substring(1, lower.length() - 1) : lower;
        boolean valid = IPV6.matcher(bare).matches()
                || (!bracketed && HOST.matcher(bare).matches());
        return valid ? Optional.of(bare) : Optional.empty();
    }

    /**
     * Returns the origin of web pages in lower case, such as {@code https://example.org:8443}; empty if it is none: a path, a
     * wildcard, or the origin {@code null} of pages without one.
     */
    public static Optional<String> origin(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return ORIGIN.matcher(lower).matches() ? Optional.of(lower) : Optional.empty();
    }
}
