package org.atelier.requests;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.requests.tree.RequestNode;

/** Options of a plugin by name, each a Boolean, Long, Double, String or a List of them. */
final class OptionsType implements FieldType<Map<String, Object>> {

    private static final BigDecimal LARGEST_EXACT = BigDecimal.valueOf(Long.MAX_VALUE);

    @Override
    public Map<String, Object> read(RequestNode node, ReadScope scope) {
        Map<String, Object> options = new LinkedHashMap<>();
        node.members().forEach((name, value) -> options.put(name, value(value)));
        return options;
    }

    private static Object value(RequestNode node) {
        return node.isList()
                ? node.elements("a list").stream().map(OptionsType::single).toList()
                : single(node);
    }

    /** A number without fraction or exponent is a Long, any other number a Double. */
    private static Object single(RequestNode node) {
        if (node.value() instanceof Boolean || node.value() instanceof String) {
            return node.value();
        }
        if (!(node.value() instanceof BigDecimal number)) {
            throw node.fault("expected true, false, a number or a string");
        }
        boolean whole = number.scale() == 0 && number.abs().compareTo(LARGEST_EXACT) <= 0;
        return whole ? (Object) number.longValueExact() : (Object) node.doubleValue();
    }

    @Override
    public JsonElement write(Map<String, Object> options) {
        JsonObject json = new JsonObject();
        options.forEach((name, value) -> json.add(name, json(value)));
        return json;
    }

    private static JsonElement json(Object value) {
        if (value instanceof List<?> several) {
            JsonArray json = new JsonArray();
            several.forEach(each -> json.add(json(each)));
            return json;
        }
        if (value instanceof Boolean truth) {
            return new JsonPrimitive(truth);
        }
        return value instanceof Number number ? new JsonPrimitive(number) : new JsonPrimitive(value.toString());
    }

    @Override
    public JsonObject schema(SchemaDefinitions definitions) {
        JsonObject several = new JsonObject();
        several.addProperty("type", "array");
        several.add("items", singleSchema());
        JsonArray either = new JsonArray();
        either.add(singleSchema());
        either.add(several);
        JsonObject values = new JsonObject();
        values.add("anyOf", either);
        JsonObject json = new JsonObject();
        json.addProperty("type", "object");
        json.add("additionalProperties", values);
        return json;
    }

    private static JsonObject singleSchema() {
        JsonArray types = new JsonArray();
        List.of("boolean", "number", "string").forEach(types::add);
        JsonObject json = new JsonObject();
        json.add("type", types);
        return json;
    }
}
