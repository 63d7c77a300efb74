package org.atelier.requests;

import com.google.gson.JsonObject;

/** The JSON Schema of request files, for editors and other programs. */
final class RequestSchema {

    private RequestSchema() {}

    static JsonObject json() {
        SchemaDefinitions definitions = new SchemaDefinitions();
        JsonObject request = ObjectType.schema(RequestFields.fields(), definitions);
        JsonObject json = new JsonObject();
        json.addProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.addProperty("title", "A set of images for Atelier");
        json.addProperty(
                "description",
                "A request for a set, as YAML or JSON. Only items or contents are needed; set.json contains the resolved"
                        + " request.");
        request.entrySet().forEach(member -> json.add(member.getKey(), member.getValue()));
        json.add("$defs", definitions.all());
        return json;
    }
}
