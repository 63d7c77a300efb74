package org.atelier.models.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.text.InvalidUtf8Exception;
import org.atelier.text.Utf8File;

/**
 * Reads a JSON object from a file strictly: valid UTF-8, no duplicate keys, bounded size and depth. It also accepts
 * NaN, Infinity and -Infinity, as Python writes them.
 */
public final class JsonFile {

    private static final long MAXIMUM_BYTES = 64_000_000;
    private static final int MAXIMUM_DEPTH = 32;
    private static final int MAXIMUM_DIGITS = 64;

    private static final Pattern PLACE = Pattern.compile("line \\d+ column \\d+");

    private final Path file;
    private final JsonReader json;
    private final NonFiniteNumbers numbers;

    private JsonFile(Path file, JsonReader json, NonFiniteNumbers numbers) {
        this.file = file;
        this.json = json;
        this.numbers = numbers;
    }

    /** @throws AtelierException MODEL_INVALID naming the file */
    public static JsonObject read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw ModelFaults.in(file, "the file is missing.");
            }
            if (Files.size(file) > MAXIMUM_BYTES) {
                throw ModelFaults.in(
                        file, "is larger than " + MAXIMUM_BYTES + " bytes, the maximum for a JSON file of a model.");
            }
            NonFiniteNumbers numbers = NonFiniteNumbers.hiddenIn(Utf8File.read(file));
            try (JsonReader json = new JsonReader(new StringReader(numbers.text()))) {
                json.setStrictness(Strictness.STRICT);
                json.setNestingLimit(MAXIMUM_DEPTH);
                JsonElement element = new JsonFile(file, json, numbers).element();
                if (json.peek() != JsonToken.END_DOCUMENT || !element.isJsonObject()) {
                    throw ModelFaults.in(file, "is not one JSON object.");
                }
                return element.getAsJsonObject();
            }
        } catch (InvalidUtf8Exception e) {
            throw ModelFaults.in(file, e.getMessage() + "; save it in UTF-8.");
        } catch (IOException e) {
            throw ModelFaults.in(file, "is not valid JSON" + place(e) + ".", e);
        }
    }

    private JsonElement element() throws IOException {
        return switch (json.peek()) {
            case BEGIN_OBJECT -> object();
            case BEGIN_ARRAY -> array();
            case STRING -> string(json.nextString());
            case NUMBER -> new JsonPrimitive(number(json.nextString()));
            case BOOLEAN -> new JsonPrimitive(json.nextBoolean());
            default -> {
                json.nextNull();
                yield JsonNull.INSTANCE;
            }
        };
    }

    private JsonObject object() throws IOException {
        JsonObject object = new JsonObject();
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            if (numbers.isHidden(key)) {
                throw ModelFaults.in(file, "a key is a number instead of a string.");
            }
            if (object.has(key)) {
                throw ModelFaults.in(file, "the key " + new JsonPrimitive(key) + " is duplicated.");
            }
            object.add(key, element());
        }
        json.endObject();
        return object;
    }

    private JsonArray array() throws IOException {
        JsonArray array = new JsonArray();
        json.beginArray();
        while (json.hasNext()) {
            array.add(element());
        }
        json.endArray();
        return array;
    }

    private JsonPrimitive string(String text) {
        return numbers.number(text).orElseGet(() -> new JsonPrimitive(text));
    }

    private BigDecimal number(String digits) {
        try {
            if (digits.length() <= MAXIMUM_DIGITS) {
                return new BigDecimal(digits);
            }
        } catch (NumberFormatException e) {
            throw ModelFaults.in(file, digits + " is out of range.", e);
        }
        throw ModelFaults.in(file, "a number has more than " + MAXIMUM_DIGITS + " digits.");
    }

    /** Extracts the position from the message of Gson. */
    private static String place(IOException e) {
        Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
        return place.find() ? ": " + place.group() : "";
    }
}
