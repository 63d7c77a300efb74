package org.atelier.api.plugin;

import java.util.List;

/**
 * A plugin and what may be set of it.
 *
 * @param kind what it is for: {@code attention}, {@code blend}, {@code context}, {@code summary}, {@code control},
 *     {@code metric} or {@code sampler}
 * @param name unique among those of its kind that serve
 * @param version that of its bundle
 * @param bundle the symbolic name of what it came with
 * @param state {@code ready}; {@code superseded} by another of its name; {@code stopping} while it waits for the sets that
 *     hold it; or {@code needs ...} what it lacks
 * @param title in a few words, or empty
 * @param description in a sentence, or empty
 * @param options in the author's order
 */
public record PluginDescription(
        String kind,
        String name,
        String version,
        String bundle,
        String state,
        String title,
        String description,
        List<PluginOptionDescription> options) {

    /** Copies what could be changed from outside. */
    public PluginDescription {
        options = List.copyOf(options);
    }

    /** What a user calls it where the kind is not known: {@code attention.shared}. */
    public String id() {
        return kind + "." + name;
    }
}
