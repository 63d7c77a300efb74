package org.atelier.requests;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** The version of the form of requests: one alone is read. */
final class VersionType implements FieldType<Integer> {

    @Override
    public Integer read(RequestNode node, ReadScope scope) {
        check(node);
        return Json.SCHEMA_VERSION;
    }

    /** Refuses another version. */
    static void check(RequestNode node) {
        int version = node.small();
        if (version != Json.SCHEMA_VERSION) {
            throw node.fault("schema_version %d is not known; this Atelier reads version %d"
                    .formatted(version, Json.SCHEMA_VERSION));
        }
    }

    @Override
    public JsonElement write(Integer version) {
        return new JsonPrimitive(version);
    }

    @Override
    public JsonObject schema(SchemaDefinitions definitions) {
        JsonObject json = new JsonObject();
        json.addProperty("const", Json.SCHEMA_VERSION);
        return json;
    }
}
