package org.atelier.requests;

import com.google.gson.JsonObject;
import org.atelier.api.set.SetRequest;

/** A request as a JSON object: the fields of the table, in its order, open values absent. */
public final class RequestJson {

    private RequestJson() {}

    public static JsonObject of(SetRequest request) {
        JsonObject json = new JsonObject();
        RequestFields.fields().forEach(field -> field.write(request, json));
        return json;
    }
}
