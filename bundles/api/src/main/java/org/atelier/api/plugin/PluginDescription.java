package org.atelier.api.plugin;

import java.util.List;

/**
 * A plugin and its options.
 *
 * @param kind {@code attention}, {@code blend}, {@code context}, {@code summary}, {@code control}, {@code metric} or
 *     {@code sampler}
 * @param name unique among the plugins of its kind in use
 * @param version of its bundle
 * @param bundle symbolic name of its bundle
 * @param state {@code ready}; {@code superseded} by another plugin of the same name; {@code stopping} while sets still
 *     use it; {@code refused} if its bundle or its metatype is faulty; or {@code needs ...} with its missing
 *     requirements
 * @param title a few words, or empty
 * @param description one sentence, or empty
 * @param options in the order of declaration
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

    /** Makes defensive copies. */
    public PluginDescription {
        options = List.copyOf(options);
    }

    /** Its name with the kind: {@code attention.shared}. */
    public String id() {
        return kind + "." + name;
    }
}
