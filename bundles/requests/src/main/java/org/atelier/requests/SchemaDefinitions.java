package org.atelier.requests;

import com.google.gson.JsonObject;

/** The types that a schema defines once, each by its name. */
final class SchemaDefinitions {

    private final JsonObject all = new JsonObject();

    /** A reference to a type, which is defined where it is the first. */
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
