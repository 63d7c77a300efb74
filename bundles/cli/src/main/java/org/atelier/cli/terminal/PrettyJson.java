package org.atelier.cli.terminal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Prints indented JSON. */
public final class PrettyJson {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private PrettyJson() {}

    /** Converts to an object with an array of strings for each key, in the map's order. */
    public static JsonObject lists(Map<String, List<String>> lists) {
        JsonObject json = new JsonObject();
        lists.forEach((key, texts) -> {
            JsonArray list = new JsonArray();
            texts.forEach(list::add);
            json.add(key, list);
        });
        return json;
    }

    public static void print(JsonElement json, PrintStream out) {
        out.println(GSON.toJson(json));
    }
}
