package org.atelier.cli.worker;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;

/**
 * The fields of a command of a worker. A missing field or a field of another type is an error that names it.
 *
 * @param folder against which relative paths are resolved
 */
record WorkerFields(JsonObject json, Path folder) {

    /** Refuses keys that a command does not have. */
    void requireOnly(Set<String> known) {
        List<String> unknown =
                json.keySet().stream().filter(key -> !known.contains(key)).toList();
        if (!unknown.isEmpty()) {
            throw invalid("There is no key '%s'; available: %s."
                    .formatted(unknown.get(0), known.stream().sorted().collect(Collectors.joining(", "))));
        }
    }

    boolean has(String key) {
        return json.has(key) && !json.get(key).isJsonNull();
    }

    String text(String key) {
        return text(key, json.get(key));
    }

    Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    Path path(String key) {
        return path(key, text(key));
    }

    Optional<Path> optionalPath(String key) {
        return has(key) ? Optional.of(path(key)) : Optional.empty();
    }

    List<Path> paths(String key) {
        if (json.get(key) instanceof JsonArray array && !array.isEmpty()) {
            return array.asList().stream()
                    .map(each -> path(key, text(key, each)))
                    .toList();
        }
        throw wrongType(key, "a list of texts");
    }

    JsonObject object(String key) {
        if (json.get(key) instanceof JsonObject object) {
            return object;
        }
        throw wrongType(key, "an object");
    }

    /** Returns an object with a path for each path; empty if it is absent. */
    Map<Path, Path> pathsByPath(String key) {
        return has(key)
                ? object(key).entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> path(key, entry.getKey()), entry -> path(key, text(key, entry.getValue()))))
                : Map.of();
    }

    private static String text(String key, JsonElement element) {
        if (element instanceof JsonPrimitive value && value.isString()) {
            return value.getAsString();
        }
        throw wrongType(key, "a text");
    }

    private Path path(String key, String name) {
        try {
            return folder.resolve(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw invalid("%s: '%s' is not a file name.".formatted(key, name));
        }
    }

    private static AtelierException wrongType(String key, String kind) {
        return invalid("%s must be %s.".formatted(key, kind));
    }

    private static AtelierException invalid(String sentence) {
        return new AtelierException(INVALID_REQUEST, sentence);
    }
}
