package org.atelier.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads the members of a JSON object; an absent or null member has the value {@code null}. */
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

    <T> T as(String name, Function<JsonElement, T> reader) {
        return json.has(name) && !json.get(name).isJsonNull() ? reader.apply(json.get(name)) : null;
    }

    /** @throws IllegalArgumentException if there is no such list */
    <T> List<T> list(String name, Function<JsonElement, T> reader) {
        if (!(json.get(name) instanceof JsonArray)) {
            throw new IllegalArgumentException("it has no list '" + name + "'");
        }
        return StreamSupport.stream(json.getAsJsonArray(name).spliterator(), false)
                .map(reader)
                .toList();
    }

    /** The JSON form of a constant: {@code quarantined} for {@code QUARANTINED}. */
    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E constant(Class<E> type, String written) {
        return Enum.valueOf(type, written.toUpperCase(Locale.ROOT));
    }
}
