package org.atelier.requests;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.atelier.requests.tree.RequestNode;

/** The schema version of requests; only the current one is supported. */
final class VersionType implements FieldType<Integer> {

    @Override
    public Integer read(RequestNode node, ReadScope scope) {
        check(node);
        return Json.SCHEMA_VERSION;
    }

    /** Rejects other versions. */
    static void check(RequestNode node) {
        int version = node.intValue();
        if (version != Json.SCHEMA_VERSION) {
            throw node.fault("schema_version %d is not supported; this version of Atelier reads %d"
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
