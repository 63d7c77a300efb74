package org.atelier.requests;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;
import java.util.function.Function;
import org.atelier.requests.tree.RequestNode;

/**
 * An object that may be abbreviated as a string.
 *
 * @param description for the schema, or empty
 * @param text type of the string
 * @param object type of the object
 * @param expand the object for a string
 * @param shorten the string for an object, if it represents the whole object
 */
record ShorthandType<T>(
        String description,
        FieldType<String> text,
        ObjectType<T> object,
        Function<String, T> expand,
        Function<T, Optional<String>> shorten)
        implements FieldType<T> {

    @Override
    public T read(RequestNode node, ReadScope scope) {
        return node.isObject() ? object.read(node, scope) : expand.apply(text.read(node, scope));
    }

    @Override
    public JsonElement write(T value) {
        return shorten.apply(value).<JsonElement>map(JsonPrimitive::new).orElseGet(() -> object.write(value));
    }

    @Override
    public JsonObject schema(SchemaDefinitions definitions) {
        JsonArray either = new JsonArray();
        either.add(text.schema(definitions));
        either.add(object.schema(definitions));
        JsonObject json = new JsonObject();
        if (!description.isEmpty()) {
            json.addProperty("description", description);
        }
        json.add("oneOf", either);
        return json;
    }
}
