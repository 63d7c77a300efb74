package org.atelier.requests;

/** What no request needs, and what only a file that means harm has. */
final class TreeLimits {

    /** A request has four levels; what surrounds it in a record or an image is not ours alone. */
    private static final int DEEPEST = 32;

    /** Far above any request that was written by hand. */
    private static final int MOST_ALIASES = 100;

    private TreeLimits() {}

    static void checkDepth(int depth, RequestNode at) {
        if (depth > DEEPEST) {
            throw at.fault("nested more than %d deep".formatted(DEEPEST));
        }
    }

    static void checkAliases(int aliases, RequestNode at) {
        if (aliases > MOST_ALIASES) {
            throw at.fault("more than %d aliases; write the values out".formatted(MOST_ALIASES));
        }
    }
}
