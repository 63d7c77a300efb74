package org.atelier.plugins;

import java.util.Map;
import java.util.Optional;

/**
 * The models that plugins should use unless the user or their configuration names others: a model of images may bring a
 * captioner or a transcriber that knows its words.
 *
 * @param byPlugin names of models by the name of the plugin
 */
public record PluginModels(Map<String, String> byPlugin) {

    /** No suggestion. */
    public static final PluginModels NONE = new PluginModels(Map.of());

    /** Makes a defensive copy. */
    public PluginModels {
        byPlugin = Map.copyOf(byPlugin);
    }

    /** The model for a plugin; empty if none is suggested. */
    Optional<String> of(String plugin) {
        return Optional.ofNullable(byPlugin.get(plugin));
    }
}
