package org.atelier.models.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.Optional;
import org.atelier.models.ModelFaults;
import org.atelier.models.json.Settings;

/**
 * A token that is found in the text as it stands, before the text is split into words.
 *
 * @param content the text
 * @param normalized found in the text after it was lower-cased, rather than before
 * @param leftStrip takes the white space before it
 * @param rightStrip takes the white space behind it
 * @param singleWord found only as a word of its own
 */
record AddedToken(String content, boolean normalized, boolean leftStrip, boolean rightStrip, boolean singleWord) {

    /** A token as tokenizer files write it, a string or an object; empty for {@code null}. */
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
        throw ModelFaults.in(file, Settings.shown(json) + " is not a token.");
    }

    /** A token that is known by its text alone. */
    static AddedToken special(String content) {
        return new AddedToken(content, false, false, false, false);
    }

    /** As a {@code tokenizer.json} lists it. */
    JsonObject listed(int id) {
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
