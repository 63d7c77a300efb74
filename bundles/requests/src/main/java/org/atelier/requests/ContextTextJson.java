package org.atelier.requests;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.atelier.api.context.ContextText;

/** What a context said, as a JSON object: the record's names, in the record's order, absent what is not told. */
final class ContextTextJson {

    private ContextTextJson() {}

    static JsonObject of(ContextText words) {
        JsonObject json = new JsonObject();
        json.addProperty("text", words.text());
        json.addProperty("origin", words.origin());
        addIfTold(json, words.confidence());
        if (!words.parts().isEmpty()) {
            JsonArray parts = new JsonArray();
            words.parts().forEach(part -> parts.add(part(part)));
            json.add("parts", parts);
        }
        return json;
    }

    private static JsonObject part(ContextText.Part part) {
        JsonObject json = new JsonObject();
        json.addProperty("name", part.name());
        json.addProperty("text", part.text());
        addIfTold(json, part.confidence());
        return json;
    }

    private static void addIfTold(JsonObject json, Double confidence) {
        if (confidence != null) {
            json.addProperty("confidence", confidence);
        }
    }
}
