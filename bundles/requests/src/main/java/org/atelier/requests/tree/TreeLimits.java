package org.atelier.requests.tree;

/** Limits that protect against malicious files. */
final class TreeLimits {

    /** A request has four levels; records and image metadata add some. */
    private static final int MAX_DEPTH = 32;

    /** Far above any request that was written by hand. */
    private static final int MAX_ALIASES = 100;

    private TreeLimits() {}

    static void checkDepth(int depth, RequestNode at) {
        if (depth > MAX_DEPTH) {
            throw at.fault("nested more than %d levels deep".formatted(MAX_DEPTH));
        }
    }

    static void checkAliases(int aliases, RequestNode at) {
        if (aliases > MAX_ALIASES) {
            throw at.fault("more than %d aliases; write the values out".formatted(MAX_ALIASES));
        }
    }
}
