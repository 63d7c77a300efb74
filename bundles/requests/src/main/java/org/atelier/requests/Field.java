package org.atelier.requests;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.function.Function;

/**
 * One field of an object of a request file.
 *
 * @param <T> the object
 * @param <V> the field's value
 * @param key its key in the file
 * @param type of the value
 * @param description for the schema, without its default
 * @param getter gets its value from an object; {@code null} if unset
 * @param defaultValue the value if the key is absent; {@code null} if it is then unset
 * @param defaultDescription describes the default if there is no {@code defaultValue}; or empty
 * @param required whether the key must be present
 * @param omittedIfDefault whether the default value is not written
 */
record Field<T, V>(
        String key,
        FieldType<V> type,
        String description,
        Function<T, V> getter,
        V defaultValue,
        String defaultDescription,
        boolean required,
        boolean omittedIfDefault) {

    /** A field that is unset if absent. */
    static <T, V> Field<T, V> of(String key, FieldType<V> type, String description, Function<T, V> getter) {
        return new Field<>(key, type, description, getter, null, "", false, false);
    }

    /** A copy with a default value. */
    Field<T, V> withDefault(V value) {
        return new Field<>(key, type, description, getter, value, defaultDescription, required, omittedIfDefault);
    }

    /** A copy with a description of its default. */
    Field<T, V> describeDefault(String text) {
        return new Field<>(key, type, description, getter, defaultValue, text, required, omittedIfDefault);
    }

    /** A copy that is required. */
    Field<T, V> mandatory() {
        return new Field<>(key, type, description, getter, defaultValue, defaultDescription, true, omittedIfDefault);
    }

    /** A copy that is not written if it has its default value. */
    Field<T, V> omitIfDefault() {
        return new Field<>(key, type, description, getter, defaultValue, defaultDescription, required, true);
    }

    /** Adds an object's value of this field to the JSON, unless it is unset. */
    void write(T object, JsonObject json) {
        V value = getter.apply(object);
        if (value != null && !(omittedIfDefault && value.equals(defaultValue))) {
            json.add(key, type.write(value));
        }
    }

    /** The default as text; empty if there is none. */
    String defaultText() {
        if (defaultValue == null) {
            return defaultDescription;
        }
        JsonElement json = type.write(defaultValue);
        return json.isJsonPrimitive() ? json.getAsString() : "";
    }

    JsonObject schema(SchemaDefinitions definitions) {
        JsonObject json = new JsonObject();
        String text =
                (description + (defaultDescription.isEmpty() ? "" : " Default: " + defaultDescription + ".")).strip();
        if (!text.isEmpty()) {
            json.addProperty("description", text);
        }
        type.schema(definitions).entrySet().forEach(keyword -> json.add(keyword.getKey(), keyword.getValue()));
        if (defaultValue != null && !required) {
            json.add("default", type.write(defaultValue));
        }
        return json;
    }
}
