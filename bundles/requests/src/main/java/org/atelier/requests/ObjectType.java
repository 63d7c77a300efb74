package org.atelier.requests;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.atelier.requests.tree.RequestNode;

/**
 * An object with fields.
 *
 * @param <T> its Java type
 */
final class ObjectType<T> implements FieldType<T> {

    private final String owner;
    private final List<Field<T, ?>> fields;
    private final Function<FieldValues<T>, T> constructor;
    private final RequestKeys keys;

    /**
     * @param owner for error messages: {@code a reference}
     * @param fields in the order in which they are written and listed
     * @param constructor creates the object from the fields' values
     */
    ObjectType(String owner, List<Field<T, ?>> fields, Function<FieldValues<T>, T> constructor) {
        this.owner = owner;
        this.fields = fields;
        this.constructor = constructor;
        this.keys =
                new RequestKeys(owner, fields.stream().<String>map(Field::key).toList());
    }

    RequestKeys keys() {
        return keys;
    }

    List<Field<T, ?>> fields() {
        return fields;
    }

    @Override
    public T read(RequestNode node, ReadScope scope) {
        keys.check(node);
        Map<String, RequestNode> members = node.members();
        List<String> required =
                fields.stream().filter(Field::required).<String>map(Field::key).toList();
        if (!members.keySet().containsAll(required)) {
            throw node.fault(owner + " needs "
                    + required.stream().map(ObjectType::withArticle).collect(Collectors.joining(" and ")));
        }
        FieldValues<T> values = new FieldValues<>();
        for (Field<T, ?> field : fields) {
            if (members.containsKey(field.key())) {
                values.read(field, members.get(field.key()), scope.within(members));
            }
        }
        return constructor.apply(values);
    }

    private static String withArticle(String key) {
        return ("aeiou".indexOf(key.charAt(0)) < 0 ? "a " : "an ") + key;
    }

    @Override
    public JsonElement write(T object) {
        JsonObject json = new JsonObject();
        fields.forEach(field -> field.write(object, json));
        return json;
    }

    @Override
    public JsonObject schema(SchemaDefinitions definitions) {
        return schema(fields, definitions);
    }

    /** The schema of an object with exactly these fields. */
    static <T> JsonObject schema(List<Field<T, ?>> fields, SchemaDefinitions definitions) {
        JsonArray required = new JsonArray();
        fields.stream().filter(Field::required).forEach(field -> required.add(field.key()));
        JsonObject properties = new JsonObject();
        fields.forEach(field -> properties.add(field.key(), field.schema(definitions)));
        JsonObject json = new JsonObject();
        json.addProperty("type", "object");
        if (!required.isEmpty()) {
            json.add("required", required);
        }
        json.addProperty("additionalProperties", false);
        json.add("properties", properties);
        return json;
    }
}
