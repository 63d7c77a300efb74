package org.atelier.studio;

import org.osgi.framework.Bundle;

/**
 * A plugin as it is told of.
 *
 * @param kind what a user calls its kind: {@code attention}
 * @param name its own
 * @param bundle what it came with; {@code null} if it has gone in this moment
 */
record OfferedPlugin(String kind, String name, Bundle bundle) {

    /** As it is called in a sentence: {@code attention 'shared'}. */
    String title() {
        return "%s '%s'".formatted(kind, name);
    }

    /** What tells it from another of the same name. */
    String version() {
        return bundle == null ? "gone" : bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    /** @param reason without a full stop */
    String notStarted(String reason) {
        return "The %s '%s' did not start: %s. Choose another with --%s.".formatted(kind, name, reason, kind);
    }

    String beingReplaced() {
        return "The %s '%s' is being withdrawn or replaced; ask again in a moment, or choose another."
                .formatted(kind, name);
    }

    String withdrawn() {
        return "The %s '%s' was withdrawn and this set did not end in time; draw it again, with the version that is here now or with another %s."
                .formatted(kind, name, kind);
    }
}
