package org.atelier.models.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;

/**
 * A JSON object of a model folder, read with typed getters; a key whose value is {@code null} counts as absent.
 *
 * <p>Every getter throws {@link AtelierException} (MODEL_INVALID) naming file and key when the value is of another kind, or absent where
 * no other value is given.
 */
public final class Settings {

    private final Path file;
    private final JsonObject object;

    public Settings(Path file, JsonObject object) {
        this.file = file;
        this.object = object;
    }

    /**
     * Reads a JSON file strictly: valid UTF-8, one object, no key twice.
     *
     * @throws AtelierException MODEL_INVALID naming the file
     */
    public static Settings read(Path file) {
        return new Settings(file, JsonFile.read(file));
    }

    /** The file that these settings stand in, for errors about them. */
    public Path file() {
        return file;
    }

    /** Whether the key is there and not {@code null}. */
    public boolean has(String key) {
        JsonElement value = object.get(key);
        return value != null && !value.isJsonNull();
    }

    /** Every key, also those whose value is {@code null}, in the file's order. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(object.keySet());
    }

    /** A whole number. */
    public int integer(String key) {
        return integer(key, present(key));
    }

    /** A whole number, or {@code otherwise} where the key is absent. */
    public int integer(String key, int otherwise) {
        return has(key) ? integer(key) : otherwise;
    }

    /** A finite number. */
    public double number(String key) {
        return number(key, present(key));
    }

    /** A finite number, or {@code otherwise} where the key is absent. */
    public double number(String key, double otherwise) {
        return has(key) ? number(key) : otherwise;
    }

    /** A string. */
    public String text(String key) {
        return text(key, present(key));
    }

    /** A string, or {@code otherwise} where the key is absent. */
    public String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    /** Whether the key is there and its value is text, where it may be of another kind. */
    public boolean isText(String key) {
        return object.get(key) instanceof JsonPrimitive value && value.isString();
    }

    /** True or false, or {@code otherwise} where the key is absent. */
    public boolean flag(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (object.get(key) instanceof JsonPrimitive value && value.isBoolean()) {
            return value.getAsBoolean();
        }
        throw unlike(key, "true or false");
    }

    /** A list of whole numbers; a single number is a list of one. */
    public List<Integer> integers(String key) {
        return list(key, element -> integer(key, element));
    }

    /** A list of finite numbers; a single number is a list of one. */
    public List<Double> numbers(String key) {
        return list(key, element -> number(key, element));
    }

    /** A list of strings; a single string is a list of one. */
    public List<String> texts(String key) {
        return list(key, element -> text(key, element));
    }

    /** The object below a key. */
    public Settings object(String key) {
        if (present(key) instanceof JsonObject inner) {
            return new Settings(file, inner);
        }
        throw unlike(key, "an object");
    }

    /** Begins a check that nothing is set which the reader would not honour. */
    public ConfigValidator validator() {
        return new ConfigValidator(this);
    }

    /** The value as JSON, {@code null} for an absent key. */
    public JsonElement json(String key) {
        return object.get(key);
    }

    /** Whether the key is there and its value is an object, where it may be of another kind. */
    public boolean isObject(String key) {
        return object.get(key) instanceof JsonObject;
    }

    private <T> List<T> list(String key, Function<JsonElement, T> each) {
        JsonElement value = present(key);
        if (!(value instanceof JsonArray array)) {
            return List.of(each.apply(value));
        }
        List<T> list = new ArrayList<>();
        array.forEach(element -> list.add(each.apply(element)));
        return List.copyOf(list);
    }

    private int integer(String key, JsonElement element) {
        try {
            return decimal(key, element, "a whole number").intValueExact();
        } catch (ArithmeticException e) {
            throw unlike(key, "a whole number");
        }
    }

    private double number(String key, JsonElement element) {
        double number = decimal(key, element, "a number").doubleValue();
        if (Double.isInfinite(number)) {
            throw unlike(key, "a number");
        }
        return number;
    }

    private BigDecimal decimal(String key, JsonElement element, String kind) {
        if (element instanceof JsonPrimitive value && value.isNumber() && !isNonFinite(value)) {
            return value.getAsBigDecimal();
        }
        throw unlike(key, kind);
    }

    private static boolean isNonFinite(JsonPrimitive value) {
        return value.getAsNumber() instanceof Double number && !Double.isFinite(number);
    }

    private String text(String key, JsonElement element) {
        if (element instanceof JsonPrimitive value && value.isString()) {
            return value.getAsString();
        }
        throw unlike(key, "text");
    }

    private JsonElement present(String key) {
        if (!has(key)) {
            throw ModelFaults.in(file, key + " is missing.");
        }
        return object.get(key);
    }

    private AtelierException unlike(String key, String kind) {
        return ModelFaults.in(file, key + " = " + shown(object.get(key)) + " should be " + kind + ".");
    }

    /** A value for an error message, cut to a readable length. */
    public static String shown(JsonElement value) {
        String json = String.valueOf(value);
        return json.length() > 80 ? json.substring(0, 80) + "…" : json;
    }
}
