package org.atelier.web.inputs;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.SetRequest;

/**
 * A request for the preview of a control image.
 *
 * @param model the model that will use the image
 * @param control its kind, its file and its options
 * @param width of the result in pixels; {@code null} for the image's own
 * @param height of the result in pixels; {@code null} for the image's own
 */
record ControlPreview(String model, ControlInput control, Integer width, Integer height) {

    private static final Set<String> MEMBERS = Set.of("model", "kind", "file", "options", "width", "height");

    /** That of a request. */
    private static final int MAX_SIDE = 4096;

    /** @throws AtelierException that lists every fault */
    static ControlPreview read(String body) {
        JsonObject json = object(body);
        Faults faults = new Faults();
        json.keySet().stream()
                .filter(name -> !MEMBERS.contains(name))
                .forEach(name -> faults.add(
                        "%s: unknown; known are model, kind, file, options, width and height.".formatted(name)));
        String model = json.has("model")
                ? text(json, "model", faults)
                : SetRequest.builder().build().model();
        String kind = text(json, "kind", faults);
        String file = text(json, "file", faults);
        if (!file.isEmpty() && !isAbsolute(file)) {
            faults.add("file: '%s' must be an absolute path, as POST /v1/uploads returns it.".formatted(file));
        }
        Map<String, Object> options = options(json.get("options"), faults);
        Integer width = side(json, "width", faults);
        Integer height = side(json, "height", faults);
        if ((width == null) != (height == null)) {
            faults.add("width and height: give both or none.");
        }
        faults.throwIfAny();
        return new ControlPreview(model, ControlInput.of(kind, file).withOptions(options), width, height);
    }

    private static JsonObject object(String body) {
        try {
            JsonElement json = JsonParser.parseString(body);
            if (json.isJsonObject()) {
                return json.getAsJsonObject();
            }
        } catch (JsonParseException | StackOverflowError e) {
            throw notAnObject(e);
        }
        throw notAnObject(null);
    }

    private static AtelierException notAnObject(Throwable cause) {
        return new AtelierException(
                INVALID_REQUEST, "The body must be a JSON object with kind and file; see docs/serve.md.", cause);
    }

    private static String text(JsonObject json, String name, Faults faults) {
        if (json.get(name) instanceof JsonPrimitive value
                && value.isString()
                && !value.getAsString().isBlank()) {
            return value.getAsString();
        }
        faults.add("%s: must be a string.".formatted(name));
        return "";
    }

    private static boolean isAbsolute(String file) {
        try {
            return Path.of(file).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Integer side(JsonObject json, String name, Faults faults) {
        JsonElement value = json.get(name);
        if (value == null || value.isJsonNull()) {
            return null;
        }
        if (value instanceof JsonPrimitive number
                && number.isNumber()
                && number.getAsString().matches("[1-9][0-9]{0,3}")
                && number.getAsInt() <= MAX_SIDE) {
            return number.getAsInt();
        }
        faults.add("%s: must be a whole number from 1 to %d.".formatted(name, MAX_SIDE));
        return null;
    }

    private static Map<String, Object> options(JsonElement json, Faults faults) {
        Map<String, Object> options = new LinkedHashMap<>();
        if (json instanceof JsonObject object) {
            object.entrySet().forEach(option -> {
                Object value = value(option.getValue());
                if (value == null) {
                    faults.add("options.%s: must be a string, a number, true, false, or a list of them."
                            .formatted(option.getKey()));
                } else {
                    options.put(option.getKey(), value);
                }
            });
        } else if (json != null && !json.isJsonNull()) {
            faults.add("options: must be an object.");
        }
        return options;
    }

    /** Returns the value of an option; {@code null} if it cannot be one. */
    private static Object value(JsonElement json) {
        if (json instanceof JsonArray array) {
            List<Object> values = new ArrayList<>();
            array.forEach(element -> values.add(element.isJsonArray() ? null : value(element)));
            return values.contains(null) ? null : values;
        }
        if (!(json instanceof JsonPrimitive primitive)) {
            return null;
        }
        if (primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        return primitive.isNumber() ? number(primitive.getAsString()) : primitive.getAsString();
    }

    private static Number number(String text) {
        return text.matches("-?[0-9]{1,18}")
                ? (Number) Long.valueOf(text)
                : (Number) new BigDecimal(text).doubleValue();
    }
}
