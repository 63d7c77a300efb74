package org.atelier.web.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.Multipart;

/**
 * The parameters of an API request, from JSON or from a multipart form. A parameter that is {@code null} is absent.
 *
 * @param values by name
 * @param images the pictures of the request, in order
 * @param mask the mask of the first picture
 */
record CallParameters(JsonObject values, List<byte[]> images, Optional<byte[]> mask) {

    /** The largest form, in bytes. */
    static final long MAX_FORM_BYTES = 32L << 20;

    private static final Set<String> IMAGE_NAMES = Set.of("image", "image[]", "images", "images[]");
    private static final String MASK = "mask";

    /** Parameters that are always strings, also if they look like a number or a list. */
    private static final Set<String> TEXTS = Set.of(
            "prompt",
            "prompts",
            "model",
            "style",
            "negative_prompt",
            "style_card",
            "save_style",
            "user",
            "reference_prompt");

    /**
     * Reads the body. Parameters of the query are used unless the body has them, since some clients cannot add any to the body.
     *
     * @throws ApiError if the body is malformed
     */
    static CallParameters of(ApiRequest request) {
        String type = request.servletRequest().getContentType();
        CallParameters parameters = Multipart.isType(type)
                ? ofForm(Multipart.read(request.content(MAX_FORM_BYTES), type))
                : ofJson(json(request.body()));
        for (String name : request.parameters()) {
            if (!parameters.values.has(name) && !isPicture(name)) {
                request.query(name).ifPresent(value -> put(parameters.values, name, value));
            }
        }
        return parameters;
    }

    private static boolean isPicture(String name) {
        return IMAGE_NAMES.contains(name) || name.equals(MASK);
    }

    /** @throws ApiError if it is not a JSON object */
    static JsonObject json(String body) {
        try {
            JsonReader reader = new JsonReader(new StringReader(body));
            reader.setStrictness(Strictness.STRICT);
            JsonElement json = JsonParser.parseReader(reader);
            if (json.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
                return json.getAsJsonObject();
            }
        } catch (JsonParseException | IOException | StackOverflowError e) {
            throw ApiError.of(400, "invalid_request", "The body is not valid JSON; send a JSON object.");
        }
        throw ApiError.of(400, "invalid_request", "The body is not a JSON object.");
    }

    private static CallParameters ofJson(JsonObject json) {
        JsonObject values = new JsonObject();
        List<byte[]> images = new ArrayList<>();
        Optional<byte[]> mask = Optional.empty();
        for (String name : json.keySet()) {
            JsonElement value = json.get(name);
            if (value.isJsonNull()) {
                continue;
            }
            if (IMAGE_NAMES.contains(name)) {
                listed(value).forEach(image -> images.add(EncodedImage.of(name, image)));
            } else if (name.equals(MASK)) {
                mask = Optional.of(EncodedImage.of(name, value));
            } else {
                values.add(name, value);
            }
        }
        return new CallParameters(values, images, mask);
    }

    private static CallParameters ofForm(Multipart form) {
        JsonObject values = new JsonObject();
        List<byte[]> images = new ArrayList<>();
        Optional<byte[]> mask = Optional.empty();
        for (Multipart.Part part : form.parts()) {
            if (IMAGE_NAMES.contains(part.name())) {
                images.add(part.content());
            } else if (part.name().equals(MASK)) {
                mask = Optional.of(part.content());
            } else {
                put(values, part.name(), part.text());
            }
        }
        return new CallParameters(values, images, mask);
    }

    /** Lists are sent as several parts named {@code name[]}, members of an object as {@code name[member]}. */
    private static void put(JsonObject values, String name, String text) {
        int bracket = name.indexOf('[');
        if (bracket < 1 || !name.endsWith("]")) {
            values.add(name, typed(name, text));
            return;
        }
        String outer = name.substring(0, bracket);
        String member = name.substring(bracket + 1, name.length() - 1);
        if (member.isEmpty()) {
            JsonArray list = values.get(outer) instanceof JsonArray existing ? existing : new JsonArray();
            list.add(typed(outer, text));
            values.add(outer, list);
        } else {
            JsonObject object = values.get(outer) instanceof JsonObject existing ? existing : new JsonObject();
            object.add(member, typed(member, text));
            values.add(outer, object);
        }
    }

    /** A number, a boolean, a list or an object if the text is one. */
    private static JsonElement typed(String name, String text) {
        if (TEXTS.contains(name) || !text.matches("(?s)\\s*(true|false|-?[0-9].*|[\\[{].*)")) {
            return new JsonPrimitive(text);
        }
        try {
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            JsonElement value = JsonParser.parseReader(reader);
            return reader.peek() == JsonToken.END_DOCUMENT ? value : new JsonPrimitive(text);
        } catch (JsonParseException | IOException | StackOverflowError e) {
            return new JsonPrimitive(text);
        }
    }

    /** Returns a value as a list: itself, or its elements. */
    static List<JsonElement> listed(JsonElement value) {
        return value instanceof JsonArray array ? array.asList() : List.of(value);
    }

    /** Returns a value; empty if it is absent. */
    Optional<JsonElement> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @throws ApiError if the value is not a string */
    Optional<String> text(String name) {
        return value(name).map(value -> text(name, value));
    }

    /** @throws ApiError if the value is not a string */
    static String text(String name, JsonElement value) {
        if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            return primitive.getAsString();
        }
        throw invalid(name, "must be a string");
    }

    /** @throws ApiError if the value is not true or false */
    boolean flag(String name) {
        return value(name)
                .map(value -> {
                    if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
                        return primitive.getAsBoolean();
                    }
                    throw invalid(name, "must be true or false");
                })
                .orElse(false);
    }

    /** @throws ApiError if the value is not a whole number in the range */
    Optional<Integer> integer(String name, int least, int most) {
        return value(name).map(value -> {
            try {
                int number = new BigDecimal(value.getAsString()).intValueExact();
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (ArithmeticException
                    | NumberFormatException
                    | IllegalStateException
                    | UnsupportedOperationException e) {
                throw invalid(name, "must be a whole number from %d to %d".formatted(least, most));
            }
            throw invalid(name, "must be from %d to %d".formatted(least, most));
        });
    }

    /** Returns the error of a parameter. @param why a phrase without a full stop */
    static ApiError invalid(String name, String why) {
        return ApiError.of(400, "invalid_request", "$.%s: %s.".formatted(name, why));
    }
}
