package org.atelier.requests;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * What kind of value a field of a request file has: how it is read, written and described.
 *
 * @param <V> the value in Java
 */
interface FieldType<V> {

    /**
     * Reads a value.
     *
     * @throws org.atelier.api.AtelierException that names the place, if what stands there is of another type
     */
    V read(RequestNode node, ReadScope scope);

    /** As {@link #read} takes it. */
    JsonElement write(V value);

    /**
     * Its JSON Schema.
     *
     * @param definitions takes the schema of what is referred to by name
     */
    JsonObject schema(SchemaDefinitions definitions);

    /** The same type, which the schema defines once and refers to by a name. */
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
