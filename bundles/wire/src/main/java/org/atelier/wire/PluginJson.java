package org.atelier.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.plugin.PluginOptionDescription;

/** Converts plugins and their options to and from JSON. */
public final class PluginJson {

    private PluginJson() {}

    public static JsonObject of(PluginDescription plugin) {
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

    /** @throws RuntimeException if it is not a plugin */
    public static PluginDescription read(JsonObject json) {
        Members members = new Members(json);
        return new PluginDescription(
                members.text("kind"),
                members.text("name"),
                members.text("version"),
                members.text("bundle"),
                members.text("state"),
                members.text("title"),
                members.text("description"),
                members.list("options", option -> option(new Members(option.getAsJsonObject()))));
    }

    private static PluginOptionDescription option(Members members) {
        return new PluginOptionDescription(
                members.text("name"),
                members.text("type"),
                members.text("range"),
                members.text("default"),
                members.text("description"));
    }

    private static JsonObject of(PluginOptionDescription option) {
        JsonObject json = new JsonObject();
        json.addProperty("name", option.name());
        json.addProperty("type", option.type());
        json.addProperty("range", option.range());
        json.addProperty("default", option.defaultValue());
        json.addProperty("description", option.description());
        return json;
    }
}
