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

/** A model's {@code preprocessor_config.json}; what it does not say has the default of transformers' extractor. */
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
                    Code.MODEL_INVALID, file + " is missing or no JSON object; pull the model again.", e);
        }
    }

    int integer(String name, int preset, int least, int most) {
        double value = number(name, preset);
        if (value != Math.rint(value) || value < least || value > most) {
            throw invalid("%s is %s and must be a whole number from %d to %d".formatted(name, value, least, most));
        }
        return (int) value;
    }

    double number(String name, double preset) {
        JsonElement value = json.get(name);
        if (value == null || value.isJsonNull()) {
            return preset;
        }
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            throw invalid(name + " is no number");
        }
        return value.getAsDouble();
    }

    String text(String name, String preset) {
        JsonElement value = json.get(name);
        return value == null || !value.isJsonPrimitive() ? preset : value.getAsString();
    }

    AtelierException invalid(String fault) {
        return new AtelierException(Code.MODEL_INVALID, file + ": " + fault + ".");
    }
}
