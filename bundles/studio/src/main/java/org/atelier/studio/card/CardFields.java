package org.atelier.studio.card;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;

/**
 * The fields of a style card's JSON. A missing field or a field of another type is an error that names its JSON path.
 *
 * @param file the card
 * @param place the JSON path of these fields
 */
record CardFields(Path file, String place, JsonObject json) {

    static String text(Path file, byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw CardArchive.unreadable(file, "its " + CardArchive.TEXT + " is not UTF-8", e);
        }
    }

    static CardFields of(Path file, String text) {
        try {
            if (JsonParser.parseString(text) instanceof JsonObject json) {
                return new CardFields(file, "$", json);
            }
        } catch (JsonParseException e) {
            throw CardArchive.unreadable(file, "its " + CardArchive.TEXT + " is not valid JSON", e);
        }
        throw CardArchive.unreadable(file, "its " + CardArchive.TEXT + " is not an object", null);
    }

    boolean has(String key) {
        return json.has(key);
    }

    String text(String key) {
        if (json.get(key) instanceof JsonPrimitive value && value.isString()) {
            return value.getAsString();
        }
        throw wrongType(key, "a text");
    }

    double number(String key) {
        return number(key, json.get(key));
    }

    List<Double> numbers(String key) {
        if (json.get(key) instanceof JsonArray array) {
            return array.asList().stream().map(each -> number(key, each)).toList();
        }
        throw wrongType(key, "a list of numbers");
    }

    CardFields object(String key) {
        if (json.get(key) instanceof JsonObject inner) {
            return new CardFields(file, place + "." + key, inner);
        }
        throw wrongType(key, "an object");
    }

    List<CardFields> objects(String key) {
        if (json.get(key) instanceof JsonArray array && array.asList().stream().allMatch(JsonElement::isJsonObject)) {
            return IntStream.range(0, array.size())
                    .mapToObj(i -> new CardFields(
                            file,
                            "%s.%s[%d]".formatted(place, key, i),
                            array.get(i).getAsJsonObject()))
                    .toList();
        }
        throw wrongType(key, "a list of objects");
    }

    private double number(String key, JsonElement element) {
        if (element instanceof JsonPrimitive value && value.isNumber()) {
            double number = value.getAsDouble();
            if (Double.isFinite(number)) {
                return number;
            }
        }
        throw wrongType(key, "a number");
    }

    private AtelierException wrongType(String key, String kind) {
        return CardArchive.unreadable(
                file, "its %s: %s.%s should be %s".formatted(CardArchive.TEXT, place, key, kind), null);
    }
}
