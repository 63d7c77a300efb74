package org.atelier.models.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.Optional;
import org.atelier.models.ModelFaults;
import org.atelier.models.json.Settings;

/**
 * A token that is matched in the text before it is split into words.
 *
 * @param content the text
 * @param normalized whether it is matched in the normalised text
 * @param leftStrip whether it includes white space before it
 * @param rightStrip whether it includes white space after it
 * @param singleWord whether it is matched only as a whole word
 */
record AddedToken(String content, boolean normalized, boolean leftStrip, boolean rightStrip, boolean singleWord) {

    /** Parses a token in a tokenizer file, a string or an object; empty for {@code null}. */
    static Optional<AddedToken> read(Path file, JsonElement json) {
        if (json instanceof JsonObject object) {
            Settings token = new Settings(file, object);
            return Optional.of(new AddedToken(
                    token.text("content"),
                    token.flag("normalized", false),
                    token.flag("lstrip", false),
                    token.flag("rstrip", false),
                    token.flag("single_word", false)));
        }
        if (json instanceof JsonPrimitive text && text.isString()) {
            return Optional.of(special(text.getAsString()));
        }
        if (json == null || json.isJsonNull()) {
            return Optional.empty();
        }
        throw ModelFaults.in(file, Settings.format(json) + " is not a token.");
    }

    /** A token with default flags. */
    static AddedToken special(String content) {
        return new AddedToken(content, false, false, false, false);
    }

    /** The entry in {@code tokenizer.json}. */
    JsonObject toJson(int id) {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("content", content);
        json.addProperty("single_word", singleWord);
        json.addProperty("lstrip", leftStrip);
        json.addProperty("rstrip", rightStrip);
        json.addProperty("normalized", normalized);
        json.addProperty("special", true);
        return json;
    }
}
