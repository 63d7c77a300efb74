package org.atelier.requests.foreign;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Optional;

/** JSON of other programs, of which nothing may be taken for granted. */
final class ForeignJson {

    private ForeignJson() {}

    /** The object that a text is; empty if it is not one. */
    static Optional<JsonObject> object(String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            JsonElement json = JsonParser.parseString(text);
            return json.isJsonObject() ? Optional.of(json.getAsJsonObject()) : Optional.empty();
        } catch (JsonParseException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    static Optional<JsonObject> object(JsonObject parent, String key) {
        return parent.get(key) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    static Optional<JsonArray> array(JsonObject parent, String key) {
        return parent.get(key) instanceof JsonArray array ? Optional.of(array) : Optional.empty();
    }

    /** A text, or a number as it stands. */
    static Optional<String> text(JsonObject parent, String key) {
        return parent.get(key) instanceof JsonPrimitive value ? Optional.of(value.getAsString()) : Optional.empty();
    }

    /** Puts a value among the settings if it is there. */
    static void copy(JsonObject from, String key, Map<String, String> settings, String name) {
        text(from, key).ifPresent(value -> settings.put(name, value));
    }

    static void copySize(JsonObject from, Map<String, String> settings) {
        Optional<String> width = text(from, "width");
        Optional<String> height = text(from, "height");
        if (width.isPresent() && height.isPresent()) {
            settings.put(ForeignParameters.SIZE, width.get() + "x" + height.get());
        }
    }
}
