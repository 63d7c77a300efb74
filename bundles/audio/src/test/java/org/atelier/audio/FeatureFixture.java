package org.atelier.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A case of {@code audio.json}: a sound and some of its features in transformers. */
record FeatureFixture(String name, JsonObject config, int samples, JsonObject features) {

    /** The tolerance that the bundle guarantees. */
    private static final double TOLERANCE = 1e-4;

    static Stream<FeatureFixture> all(String extractor) throws IOException {
        Path file = Path.of(System.getProperty("atelier.fixtures"), "audio.json");
        JsonArray cases =
                JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonArray(extractor);
        return cases.asList().stream().map(JsonElement::getAsJsonObject).map(FeatureFixture::of);
    }

    private static FeatureFixture of(JsonObject json) {
        return new FeatureFixture(
                json.get("name").getAsString(),
                json.getAsJsonObject("config"),
                json.get("samples").getAsInt(),
                json);
    }

    /** Writes the preprocessor configuration of the case. */
    Path writeConfig(Path folder) throws IOException {
        return Files.writeString(folder.resolve("preprocessor_config.json"), config.toString());
    }

    int rows() {
        return features.getAsJsonArray("shape").get(0).getAsInt();
    }

    int columns() {
        return features.getAsJsonArray("shape").get(1).getAsInt();
    }

    /** @param actual (row, column) in row-major order */
    void assertNear(float[] actual) {
        assertEquals(rows() * columns(), actual.length, name);
        for (JsonElement element : features.getAsJsonArray("sample")) {
            JsonArray place = element.getAsJsonArray();
            int row = place.get(0).getAsInt();
            int column = place.get(1).getAsInt();
            assertEquals(
                    place.get(2).getAsDouble(),
                    actual[row * columns() + column],
                    TOLERANCE,
                    () -> name + " at row " + row + ", column " + column);
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (float value : actual) {
            least = Math.min(least, value);
            most = Math.max(most, value);
            sum += value;
        }
        assertEquals(features.get("min").getAsDouble(), least, TOLERANCE, name);
        assertEquals(features.get("max").getAsDouble(), most, TOLERANCE, name);
        assertEquals(features.get("mean").getAsDouble(), sum / actual.length, TOLERANCE, name);
    }

    @Override
    public String toString() {
        return name;
    }
}
