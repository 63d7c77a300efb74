package org.atelier.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The members of an object by name; one that is missing or null has no value. */
record Members(JsonObject json) {

    String text(String name) {
        return as(name, JsonElement::getAsString);
    }

    int number(String name) {
        return json.get(name).getAsInt();
    }

    Instant instant(String name) {
        return as(name, value -> Instant.parse(value.getAsString()));
    }

    Path path(String name) {
        return as(name, value -> Path.of(value.getAsString()));
    }

    <T> T as(String name, Function<JsonElement, T> reading) {
        return json.has(name) && !json.get(name).isJsonNull() ? reading.apply(json.get(name)) : null;
    }

    <T> List<T> list(String name, Function<JsonElement, T> reading) {
        return StreamSupport.stream(json.getAsJsonArray(name).spliterator(), false)
                .map(reading)
                .toList();
    }

    /** A constant as it is written: {@code QUARANTINED} is {@code quarantined}. */
    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E constant(Class<E> type, String written) {
        return Enum.valueOf(type, written.toUpperCase(Locale.ROOT));
    }
}
