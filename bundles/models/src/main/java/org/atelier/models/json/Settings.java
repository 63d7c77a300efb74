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
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;

/**
 * A JSON object of a model folder, read with typed getters; a key whose value is {@code null} counts as absent.
 *
 * <p>Every getter throws {@link AtelierException} (MODEL_INVALID) naming file and key if the value has another type, or
 * is absent and there is no default.
 */
public final class Settings {

    private final Path file;
    private final JsonObject object;

    public Settings(Path file, JsonObject object) {
        this.file = file;
        this.object = object;
    }

    /**
     * Reads a JSON file strictly: valid UTF-8, one object, no duplicate keys.
     *
     * @throws AtelierException MODEL_INVALID naming the file
     */
    public static Settings read(Path file) {
        return new Settings(file, JsonFile.read(file));
    }

    /** The file of these settings, for error messages. */
    public Path file() {
        return file;
    }

    /** Whether the key is present and not {@code null}. */
    public boolean has(String key) {
        JsonElement value = object.get(key);
        return value != null && !value.isJsonNull();
    }

    /** All keys in file order, including those with value {@code null}. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(object.keySet());
    }

    /** A whole number. */
    public int integer(String key) {
        return integer(key, required(key));
    }

    /** A whole number, or {@code defaultValue} where the key is absent. */
    public int integer(String key, int defaultValue) {
        return has(key) ? integer(key) : defaultValue;
    }

    /** A whole number of a range. */
    public int integer(String key, IntRange range) {
        int number = integer(key);
        requireIn(range, number, key);
        return number;
    }

    /** A whole number of a range, or {@code defaultValue} where the key is absent. */
    public int integer(String key, int defaultValue, IntRange range) {
        return has(key) ? integer(key, range) : defaultValue;
    }

    /** A finite number. */
    public double number(String key) {
        return number(key, required(key));
    }

    /** A finite number, or {@code defaultValue} where the key is absent. */
    public double number(String key, double defaultValue) {
        return has(key) ? number(key) : defaultValue;
    }

    /** A number above 0 and at most {@code high}, or {@code defaultValue} where the key is absent. */
    public double positive(String key, double defaultValue, double high) {
        double number = number(key, defaultValue);
        if (!(number > 0 && number <= high)) {
            throw wrongType(key, "above 0 and at most " + new BigDecimal(high).toPlainString());
        }
        return number;
    }

    /** A string. */
    public String text(String key) {
        return text(key, required(key));
    }

    /** A string, or {@code defaultValue} where the key is absent. */
    public String text(String key, String defaultValue) {
        return has(key) ? text(key) : defaultValue;
    }

    /** Whether the value of the key is a string. */
    public boolean isText(String key) {
        return object.get(key) instanceof JsonPrimitive value && value.isString();
    }

    /** True or false, or {@code defaultValue} where the key is absent. */
    public boolean flag(String key, boolean defaultValue) {
        if (!has(key)) {
            return defaultValue;
        }
        if (object.get(key) instanceof JsonPrimitive value && value.isBoolean()) {
            return value.getAsBoolean();
        }
        throw wrongType(key, "true or false");
    }

    /** A list of whole numbers; a single number is a list of one. */
    public List<Integer> integers(String key) {
        return list(key, element -> integer(key, element));
    }

    /** A list of at least one whole number, all of a range; a single number is a list of one. */
    public List<Integer> integers(String key, IntRange range) {
        List<Integer> numbers = integers(key);
        if (numbers.isEmpty()) {
            throw wrongType(key, "a list of whole numbers");
        }
        numbers.forEach(number -> requireIn(range, number, key));
        return numbers;
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
        if (required(key) instanceof JsonObject inner) {
            return new Settings(file, inner);
        }
        throw wrongType(key, "an object");
    }

    /** The same settings with other values of some keys: each a string, number or boolean. */
    public Settings with(Map<String, Object> values) {
        JsonObject changed = object.deepCopy();
        values.forEach((key, value) -> changed.add(key, primitive(value)));
        return new Settings(file, changed);
    }

    private static JsonPrimitive primitive(Object value) {
        if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        }
        return value instanceof Number number ? new JsonPrimitive(number) : new JsonPrimitive((String) value);
    }

    /** Starts a check for unsupported settings. */
    public ConfigValidator validator() {
        return new ConfigValidator(this);
    }

    /** The value as JSON, {@code null} for an absent key. */
    public JsonElement json(String key) {
        return object.get(key);
    }

    /** Whether the value of the key is an object. */
    public boolean isObject(String key) {
        return object.get(key) instanceof JsonObject;
    }

    private <T> List<T> list(String key, Function<JsonElement, T> each) {
        JsonElement value = required(key);
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
            throw wrongType(key, "a whole number");
        }
    }

    private double number(String key, JsonElement element) {
        double number = decimal(key, element, "a number").doubleValue();
        if (Double.isInfinite(number)) {
            throw wrongType(key, "a number");
        }
        return number;
    }

    private BigDecimal decimal(String key, JsonElement element, String kind) {
        if (element instanceof JsonPrimitive value && value.isNumber() && !isNonFinite(value)) {
            return value.getAsBigDecimal();
        }
        throw wrongType(key, kind);
    }

    private static boolean isNonFinite(JsonPrimitive value) {
        return value.getAsNumber() instanceof Double number && !Double.isFinite(number);
    }

    private String text(String key, JsonElement element) {
        if (element instanceof JsonPrimitive value && value.isString()) {
            return value.getAsString();
        }
        throw wrongType(key, "text");
    }

    private JsonElement required(String key) {
        if (!has(key)) {
            throw ModelFaults.in(file, key + " is missing.");
        }
        return object.get(key);
    }

    private void requireIn(IntRange range, int number, String key) {
        if (!range.contains(number)) {
            throw wrongType(key, "from " + range);
        }
    }

    private AtelierException wrongType(String key, String kind) {
        return ModelFaults.in(file, key + " = " + format(object.get(key)) + " must be " + kind + ".");
    }

    /** Formats a value for an error message, truncated. */
    public static String format(JsonElement value) {
        String json = String.valueOf(value);
        return json.length() > 80 ? json.substring(0, 80) + "…" : json;
    }
}
