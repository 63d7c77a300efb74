package org.atelier.requests;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.atelier.requests.tree.RequestNode;

/**
 * The type of a field in a request file: how its value is read, written and described.
 *
 * @param <V> the Java type of the value
 */
interface FieldType<V> {

    /**
     * Reads a value.
     *
     * @throws org.atelier.api.AtelierException with the location, if the value is of another type
     */
    V read(RequestNode node, ReadScope scope);

    /** Writes a value; {@link #read} accepts the result. */
    JsonElement write(V value);

    /**
     * Its JSON Schema.
     *
     * @param definitions collects schemas that are referred to by name
     */
    JsonObject schema(SchemaDefinitions definitions);

    /** A copy that the schema defines once, under a name. */
    default FieldType<V> named(String name) {
        FieldType<V> type = this;
        return new FieldType<>() {
            @Override
            public V read(RequestNode node, ReadScope scope) {
                return type.read(node, scope);
            }

            @Override
            public JsonElement write(V value) {
                return type.write(value);
            }

            @Override
            public JsonObject schema(SchemaDefinitions definitions) {
                return definitions.reference(name, type);
            }
        };
    }
}
