package org.atelier.web.openai;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.atelier.web.http.ApiError;

/** Errors with the name of the parameter as the client sent it. */
final class OpenAiErrors {

    /** The position of a fault in the translated request, which the client does not know. */
    private static final String PLACE = "(?m)^the request, line \\d+: ";

    private OpenAiErrors() {}

    /** Returns an error with {@code seed} in place of {@code $.seed}, and without the line of the translated request. */
    static ApiError of(ApiError error) {
        JsonObject body = error.body().deepCopy();
        body.addProperty(
                "message",
                body.get("message").getAsString().replaceAll(PLACE, "").replace("$.", ""));
        JsonElement parameter = body.get("param");
        if (!parameter.isJsonNull()) {
            body.addProperty("param", parameter.getAsString().replaceFirst("^\\$\\.", ""));
        }
        return error.withBody(body);
    }
}
