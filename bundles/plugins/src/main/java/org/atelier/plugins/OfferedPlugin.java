package org.atelier.plugins;

import org.atelier.plugins.checked.PluginCalls;
import org.osgi.framework.Bundle;

/**
 * The identity of a plugin, for reports and errors.
 *
 * @param kind its kind
 * @param name its name
 * @param bundle its bundle; {@code null} if it has just been uninstalled
 */
public record OfferedPlugin(PluginKind<?> kind, String name, Bundle bundle) {

    boolean isHeldBySets() {
        return kind.holder() == PluginKind.Holder.SET;
    }

    /** Its title in messages: {@code attention 'shared'}. */
    String title() {
        return "%s '%s'".formatted(kind.title(), name);
    }

    /** Its title, version and bundle: {@code attention 'mine' 1.0.0 (org.example.mine)}. */
    String identity() {
        return bundle == null
                ? title()
                : "%s %s (%s)".formatted(title(), bundle.getVersion(), bundle.getSymbolicName());
    }

    /** Its calls, whose errors name it. */
    PluginCalls calls() {
        String remedy = "Report it to its author";
        return new PluginCalls(
                identity(),
                isHeldBySets() ? "%s, or choose another with --%s.".formatted(remedy, kind.title()) : remedy + ".");
    }

    /** @param reason without a full stop */
    String refused(String reason) {
        return "The %s is refused: %s.".formatted(identity(), reason);
    }

    /** @param reason without a full stop */
    String notStarted(String reason) {
        String sentence = "The %s '%s' did not start: %s.".formatted(kind.title(), name, reason);
        return isHeldBySets() ? sentence + " Choose another with --%s.".formatted(kind.title()) : sentence;
    }

    String beingReplaced() {
        return "The %s '%s' is being installed, replaced or removed; retry in a moment, or choose another."
                .formatted(kind.title(), name);
    }

    String withdrawn() {
        if (!isHeldBySets()) {
            return "The %s '%s' was withdrawn and this evaluation did not end in time; evaluate again with the installed metrics."
                    .formatted(kind.title(), name);
        }
        return "The %s '%s' was withdrawn and this set did not end in time; generate it again with the installed version or with another %s."
                .formatted(kind.title(), name, kind.title());
    }
}
