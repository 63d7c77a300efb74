package org.atelier.plugins;

import org.osgi.framework.Bundle;

/**
 * A plugin as reports and errors name it.
 *
 * @param kind what it is
 * @param name its own
 * @param bundle what it came with; {@code null} if it was uninstalled at this moment
 */
public record OfferedPlugin(PluginKind<?> kind, String name, Bundle bundle) {

    boolean isHeldBySets() {
        return kind.holder() == PluginKind.Holder.SET;
    }

    /** As it is called in a sentence: {@code attention 'shared'}. */
    String title() {
        return "%s '%s'".formatted(kind.title(), name);
    }

    /** @param reason without a full stop */
    String notStarted(String reason) {
        String sentence = "The %s '%s' did not start: %s.".formatted(kind.title(), name, reason);
        return isHeldBySets() ? sentence + " Choose another with --%s.".formatted(kind.title()) : sentence;
    }

    String beingReplaced() {
        return "The %s '%s' is being withdrawn or replaced; ask again in a moment, or choose another."
                .formatted(kind.title(), name);
    }

    String withdrawn() {
        if (!isHeldBySets()) {
            return "The %s '%s' was withdrawn and this evaluation did not end in time; evaluate again, with the metrics that are here now."
                    .formatted(kind.title(), name);
        }
        return "The %s '%s' was withdrawn and this set did not end in time; generate it again, with the version that is here now or with another %s."
                .formatted(kind.title(), name, kind.title());
    }
}
