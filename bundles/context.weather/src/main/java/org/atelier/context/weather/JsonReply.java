package org.atelier.context.weather;

import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.atelier.api.AtelierException;

/** A JSON value in the response of a service; a required value that is missing is an error of that response. */
final class JsonReply {

    private static final int MAX_TEXT_LENGTH = 200;

    private final Function<String, AtelierException> fault;
    private final JsonElement json;

    private JsonReply(Function<String, AtelierException> fault, JsonElement json) {
        this.fault = fault;
        this.json = json;
    }

    /**
     * Parses JSON.
     *
     * @param service the name used in errors
     * @throws AtelierException SERVICE_UNREACHABLE if it is not valid JSON
     */
    static JsonReply of(String body, String service) {
        return of(
                body,
                why -> new AtelierException(
                        SERVICE_UNREACHABLE,
                        "%s returned an unexpected response: %s. Try again later.".formatted(service, why)));
    }

    /**
     * Parses JSON.
     *
     * @param fault the error for a reason, such as {@code it is not JSON}
     */
    static JsonReply of(String body, Function<String, AtelierException> fault) {
        try {
            return new JsonReply(fault, JsonParser.parseString(body));
        } catch (JsonParseException | StackOverflowError e) {
            throw fault.apply("it is not JSON");
        }
    }

    Optional<JsonReply> optional(String name) {
        return json instanceof JsonObject object
                        && object.has(name)
                        && !object.get(name).isJsonNull()
                ? Optional.of(new JsonReply(fault, object.get(name)))
                : Optional.empty();
    }

    JsonReply required(String name) {
        return optional(name).orElseThrow(() -> fault.apply("'" + name + "' is missing"));
    }

    /** The elements of an array. */
    List<JsonReply> elements() {
        if (json instanceof JsonArray array) {
            return array.asList().stream()
                    .map(element -> new JsonReply(fault, element))
                    .toList();
        }
        throw fault.apply("an array is expected");
    }

    double number() {
        if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isNumber() && Double.isFinite(json.getAsDouble())) {
            return json.getAsDouble();
        }
        throw fault.apply("a number is expected");
    }

    int integer() {
        return (int) number();
    }

    /** The text on one line, truncated to the maximum length. */
    String text() {
        if (!json.isJsonPrimitive()) {
            throw fault.apply("a string is expected");
        }
        String text = json.getAsString().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return text.substring(0, Math.min(text.length(), MAX_TEXT_LENGTH));
    }
}
