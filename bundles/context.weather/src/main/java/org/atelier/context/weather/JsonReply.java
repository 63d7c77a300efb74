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

/** A part of what a service answered; a part that is needed and missing is the service's fault. */
final class Answer {

    private static final int LONGEST_TEXT = 200;

    private final String service;
    private final JsonElement json;

    private Answer(String service, JsonElement json) {
        this.service = service;
        this.json = json;
    }

    /**
     * Reads JSON.
     *
     * @param service what faults name
     * @throws AtelierException if it is none
     */
    static Answer of(String body, String service) {
        try {
            return new Answer(service, JsonParser.parseString(body));
        } catch (JsonParseException e) {
            throw misunderstood(service, "it is not JSON");
        }
    }

    Optional<Answer> part(String name) {
        return json instanceof JsonObject object
                        && object.has(name)
                        && !object.get(name).isJsonNull()
                ? Optional.of(new Answer(service, object.get(name)))
                : Optional.empty();
    }

    Answer needed(String name) {
        return part(name).orElseThrow(() -> misunderstood(service, "it lacks '" + name + "'"));
    }

    /** The elements of a list. */
    List<Answer> each() {
        if (json instanceof JsonArray array) {
            return array.asList().stream()
                    .map(element -> new Answer(service, element))
                    .toList();
        }
        throw misunderstood(service, "a list is something else");
    }

    double number() {
        if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isNumber() && Double.isFinite(json.getAsDouble())) {
            return json.getAsDouble();
        }
        throw misunderstood(service, "a number is something else");
    }

    int whole() {
        return (int) number();
    }

    /** Of bounded length, on one line. */
    String text() {
        if (!json.isJsonPrimitive()) {
            throw misunderstood(service, "a text is something else");
        }
        String text = json.getAsString().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    }

    private static AtelierException misunderstood(String service, String why) {
        return new AtelierException(
                SERVICE_UNREACHABLE,
                "%s answered what cannot be understood: %s. Try again later.".formatted(service, why));
    }
}
