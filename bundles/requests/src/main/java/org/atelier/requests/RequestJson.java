package org.atelier.requests;

import com.google.gson.JsonObject;
import org.atelier.api.set.SetRequest;

/** Writes a request as a JSON object: the fields in the order of the table, without unset values. */
public final class RequestJson {

    private RequestJson() {}

    public static JsonObject of(SetRequest request) {
        JsonObject json = new JsonObject();
        RequestFields.fields().forEach(field -> field.write(request, json));
        return json;
    }
}
