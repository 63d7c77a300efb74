package org.atelier.web.openai;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Base64;
import java.util.Optional;
import org.atelier.pictures.container.ImageKind;

/** Images in base64, with or without the prefix of a data URL. */
final class EncodedImage {

    private static final String DATA = "data:";

    private EncodedImage() {}

    /**
     * Decodes a string, or the member {@code image_url} or {@code b64_json} of an object.
     *
     * @throws org.atelier.web.http.ApiError if it is neither
     */
    static byte[] of(String name, JsonElement value) {
        JsonElement text = value;
        if (value instanceof JsonObject object) {
            text = object.has("b64_json") ? object.get("b64_json") : object.get("image_url");
        }
        if (text instanceof JsonPrimitive primitive && primitive.isString()) {
            return bytes(primitive.getAsString())
                    .orElseThrow(() -> CallParameters.invalid(
                            name, "must be an image in base64 or a data URL; images are not fetched from other URLs"));
        }
        throw CallParameters.invalid(name, "must be an image in base64 or a data URL");
    }

    /** Decodes a string; empty if it is not an image in base64, judged by its first bytes. */
    static Optional<byte[]> ifImage(String text) {
        return bytes(text).filter(bytes -> ImageKind.of(bytes).isPresent());
    }

    private static Optional<byte[]> bytes(String text) {
        String base64 = text.startsWith(DATA) ? text.substring(text.indexOf(',') + 1) : text;
        try {
            return Optional.of(Base64.getDecoder().decode(base64.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
