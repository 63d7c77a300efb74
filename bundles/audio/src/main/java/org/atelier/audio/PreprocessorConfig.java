package org.atelier.audio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** The {@code preprocessor_config.json} of a model, with the defaults of the transformers feature extractor. */
final class PreprocessorConfig {

    private final Path file;
    private final JsonObject json;

    private PreprocessorConfig(Path file, JsonObject json) {
        this.file = file;
        this.json = json;
    }

    static PreprocessorConfig read(Path file) {
        try {
            return new PreprocessorConfig(
                    file, JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (IOException | JsonParseException | IllegalStateException e) {
            throw new AtelierException(
                    Code.MODEL_INVALID, file + " is missing or not a JSON object; pull the model again.", e);
        }
    }

    int integer(String name, int defaultValue, int min, int max) {
        double value = number(name, defaultValue);
        if (value != Math.rint(value) || value < min || value > max) {
            throw invalid("%s is %s and must be a whole number from %d to %d".formatted(name, value, min, max));
        }
        return (int) value;
    }

    double number(String name, double defaultValue) {
        JsonElement value = json.get(name);
        if (value == null || value.isJsonNull()) {
            return defaultValue;
        }
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            throw invalid(name + " is not a number");
        }
        return value.getAsDouble();
    }

    String text(String name, String defaultValue) {
        JsonElement value = json.get(name);
        return value == null || !value.isJsonPrimitive() ? defaultValue : value.getAsString();
    }

    AtelierException invalid(String fault) {
        return new AtelierException(Code.MODEL_INVALID, file + ": " + fault + ".");
    }
}
