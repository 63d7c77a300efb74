package org.atelier.requests;

import com.google.gson.JsonObject;

/** The types that a schema defines once, by name. */
final class SchemaDefinitions {

    private final JsonObject all = new JsonObject();

    /** Returns a reference to a type, and defines the type if this is the first reference. */
    JsonObject reference(String name, FieldType<?> type) {
        if (!all.has(name)) {
            all.add(name, new JsonObject());
            all.add(name, type.schema(this));
        }
        JsonObject reference = new JsonObject();
        reference.addProperty("$ref", "#/$defs/" + name);
        return reference;
    }

    JsonObject all() {
        return all;
    }
}
