package org.atelier.plugins;

import org.osgi.framework.Bundle;

/**
 * A plugin as it is told of.
 *
 * @param kind what a user calls its kind: {@code attention}
 * @param name its own
 * @param bundle what it came with; {@code null} if it has gone in this moment
 */
public record OfferedPlugin(String kind, String name, Bundle bundle) {

    static final String METRIC = "metric";

    /** Whether evaluations hold it, and nobody chooses it; sets hold the others. */
    boolean isMetric() {
        return kind.equals(METRIC);
    }

    /** As it is called in a sentence: {@code attention 'shared'}. */
    String title() {
        return "%s '%s'".formatted(kind, name);
    }

    /** @param reason without a full stop */
    String notStarted(String reason) {
        String sentence = "The %s '%s' did not start: %s.".formatted(kind, name, reason);
        return isMetric() ? sentence : sentence + " Choose another with --%s.".formatted(kind);
    }

    String beingReplaced() {
        return "The %s '%s' is being withdrawn or replaced; ask again in a moment, or choose another."
                .formatted(kind, name);
    }

    String withdrawn() {
        if (isMetric()) {
            return "The metric '%s' was withdrawn and this evaluation did not end in time; evaluate again, with the metrics that are here now."
                    .formatted(name);
        }
        return "The %s '%s' was withdrawn and this set did not end in time; draw it again, with the version that is here now or with another %s."
                .formatted(kind, name, kind);
    }
}
