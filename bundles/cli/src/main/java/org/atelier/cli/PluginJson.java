package org.atelier.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.plugin.PluginOptionDescription;

/** Plugins for programs. */
final class PluginJson {

    private PluginJson() {}

    static JsonObject of(PluginDescription plugin) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", plugin.kind());
        json.addProperty("name", plugin.name());
        json.addProperty("version", plugin.version());
        json.addProperty("bundle", plugin.bundle());
        json.addProperty("state", plugin.state());
        json.addProperty("title", plugin.title());
        json.addProperty("description", plugin.description());
        JsonArray options = new JsonArray();
        plugin.options().forEach(option -> options.add(of(option)));
        json.add("options", options);
        return json;
    }

    private static JsonObject of(PluginOptionDescription option) {
        JsonObject json = new JsonObject();
        json.addProperty("name", option.name());
        json.addProperty("type", option.type());
        json.addProperty("range", option.range());
        json.addProperty("default", option.standard());
        json.addProperty("description", option.description());
        return json;
    }
}
