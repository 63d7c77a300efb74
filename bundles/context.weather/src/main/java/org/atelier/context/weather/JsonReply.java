package org.atelier.context.weather;

import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import org.atelier.api.AtelierException;

/** A JSON value in the response of a service; a required value that is missing is an error of the service. */
final class JsonReply {

    private static final int MAX_TEXT_LENGTH = 200;

    private final String service;
    private final JsonElement json;

    private JsonReply(String service, JsonElement json) {
        this.service = service;
        this.json = json;
    }

    /**
     * Parses JSON.
     *
     * @param service the name used in errors
     * @throws AtelierException SERVICE_UNREACHABLE if it is not valid JSON
     */
    static JsonReply of(String body, String service) {
        try {
            return new JsonReply(service, JsonParser.parseString(body));
        } catch (JsonParseException e) {
            throw invalid(service, "it is not JSON");
        }
    }

    Optional<JsonReply> optional(String name) {
        return json instanceof JsonObject object
                        && object.has(name)
                        && !object.get(name).isJsonNull()
                ? Optional.of(new JsonReply(service, object.get(name)))
                : Optional.empty();
    }

    JsonReply required(String name) {
        return optional(name).orElseThrow(() -> invalid(service, "'" + name + "' is missing"));
    }

    /** The elements of an array. */
    List<JsonReply> elements() {
        if (json instanceof JsonArray array) {
            return array.asList().stream()
                    .map(element -> new JsonReply(service, element))
                    .toList();
        }
        throw invalid(service, "an array is expected");
    }

    double number() {
        if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isNumber() && Double.isFinite(json.getAsDouble())) {
            return json.getAsDouble();
        }
        throw invalid(service, "a number is expected");
    }

    int integer() {
        return (int) number();
    }

    /** The text on one line, truncated to the maximum length. */
    String text() {
        if (!json.isJsonPrimitive()) {
            throw invalid(service, "a string is expected");
        }
        String text = json.getAsString().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return text.substring(0, Math.min(text.length(), MAX_TEXT_LENGTH));
    }

    private static AtelierException invalid(String service, String why) {
        return new AtelierException(
                SERVICE_UNREACHABLE,
                "%s returned an unexpected response: %s. Try again later.".formatted(service, why));
    }
}
