package org.atelier.requests;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.function.Function;

/**
 * One field of an object of a request file.
 *
 * @param <T> the object
 * @param <V> the field's value
 * @param key by which it stands in the file
 * @param type of the value
 * @param description for the schema, without its default
 * @param getter its value of an object; {@code null} for one that is left open
 * @param defaultValue the value where the key is absent; {@code null} where that is left open
 * @param defaultDescription in words what is chosen where the key is absent and {@code defaultValue} does not say; or empty
 * @param required whether the object is none without it
 * @param omittedIfDefault whether it is not written where it has its default value
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

    /** A field that is open where it is absent. */
    static <T, V> Field<T, V> of(String key, FieldType<V> type, String description, Function<T, V> getter) {
        return new Field<>(key, type, description, getter, null, "", false, false);
    }

    /** The same field with a value where it is absent. */
    Field<T, V> withDefault(V value) {
        return new Field<>(key, type, description, getter, value, defaultDescription, required, omittedIfDefault);
    }

    /** The same field, with words for what is chosen where it is absent. */
    Field<T, V> describeDefault(String inWords) {
        return new Field<>(key, type, description, getter, defaultValue, inWords, required, omittedIfDefault);
    }

    /** The same field, without which there is no object. */
    Field<T, V> mandatory() {
        return new Field<>(key, type, description, getter, defaultValue, defaultDescription, true, omittedIfDefault);
    }

    /** The same field, written only where it says something. */
    Field<T, V> omitIfDefault() {
        return new Field<>(key, type, description, getter, defaultValue, defaultDescription, required, true);
    }

    /** Adds its value of an object, unless that is open. */
    void write(T object, JsonObject json) {
        V value = getter.apply(object);
        if (value != null && !(omittedIfDefault && value.equals(defaultValue))) {
            json.add(key, type.write(value));
        }
    }

    /** What holds where the key is absent, in words; empty for nothing. */
    String defaultInWords() {
        if (defaultValue == null) {
            return defaultDescription;
        }
        JsonElement json = type.write(defaultValue);
        return json.isJsonPrimitive() ? json.getAsString() : "";
    }

    JsonObject schema(SchemaDefinitions definitions) {
        JsonObject json = new JsonObject();
        String text =
                (description + (defaultDescription.isEmpty() ? "" : " Absent: " + defaultDescription + ".")).strip();
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
