package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code atelier evaluate set}, as a user calls it, against transformers on six images. */
@Timeout(240)
class EvaluateSetIT {

    private static final double ROUNDING = 1e-3;

    private static final Path FIXTURES = Path.of(System.getProperty("atelier.fixtures"));
    private static final Path ENCODERS = FIXTURES.resolve("encoders");

    @TempDir
    private Path folder;

    @Test
    void findsWhatTransformersFindsOnImagesThatExist() throws Exception {
        JsonObject wanted = wanted();
        List<String> command = new ArrayList<>(List.of("evaluate", "set", images().toString()));
        for (JsonElement prompt : wanted.getAsJsonArray("prompts")) {
            command.addAll(List.of("--prompt", prompt.getAsString()));
        }
        command.addAll(List.of("--metric", "clip", "--metric-option", "clip.model=" + ENCODERS.resolve("tiny-clip")));
        command.addAll(List.of("--metric", "dino", "--metric-option", "dino.model=" + ENCODERS.resolve("tiny-dino")));
        command.addAll(List.of(
                "--metric", "inception", "--metric-option", "inception.model=" + ENCODERS.resolve("tiny-classifier")));
        command.add("--json");

        Run run = run(command);

        assertEquals(0, run.exitCode(), run.err());
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertEquals(Set.of("measurements"), json.keySet());
        JsonArray measurements = json.getAsJsonArray("measurements");
        assertEquals(4, measurements.size());
        assertMeasurement("clip", "prompt", wanted.getAsJsonObject("clip-prompt"), measurements.get(0));
        assertMeasurement("dino", "pairs", wanted.getAsJsonObject("dino-pairs"), measurements.get(1));
        assertMeasurement("dino", "reference", wanted.getAsJsonObject("dino-own-reference"), measurements.get(2));
        assertMeasurement("inception", "score", wanted.getAsJsonObject("inception"), measurements.get(3));
        assertTrue(run.err().contains("An Inception Score of 6 images means little"), run.err());
        assertTrue(run.err().contains("tiny-dino"), run.err());
    }

    @Test
    void weighsReferencesAndNamesAMissingModelFirst() throws Exception {
        JsonObject wanted = wanted();
        JsonArray weights = wanted.getAsJsonArray("weights");
        List<String> command = new ArrayList<>(List.of("evaluate", "set"));
        for (int i = 0; i < 4; i++) {
            command.add(image(i).toString());
        }
        for (int i = 0; i < 2; i++) {
            command.addAll(List.of("--reference", image(4 + i) + "=" + weights.get(i)));
        }
        command.addAll(List.of("--metric", "clip", "--metric-option", "clip.model=no-such-model"));
        command.addAll(List.of("--metric", "dino", "--metric-option", "dino.model=" + ENCODERS.resolve("tiny-dino")));
        command.add("--json");

        Run run = run(command);

        assertEquals(0, run.exitCode(), run.err());
        JsonArray measurements =
                JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("measurements");
        assertMeasurement("dino", "reference", wanted.getAsJsonObject("dino-references"), measurements.get(1));
        assertTrue(
                run.err().contains("The metric 'clip' is skipped: There is no model \"no-such-model\" here"),
                run.err());
    }

    private static void assertMeasurement(String metric, String name, JsonObject wanted, JsonElement element) {
        JsonObject found = element.getAsJsonObject();
        assertEquals(Set.of("metric", "name", "value", "deviation", "count", "better", "parts"), found.keySet());
        assertEquals(metric, found.get("metric").getAsString());
        assertEquals(name, found.get("name").getAsString());
        assertEquals("higher", found.get("better").getAsString());
        assertEquals(wanted.get("value").getAsDouble(), found.get("value").getAsDouble(), ROUNDING);
        assertEquals(
                wanted.get("deviation").getAsDouble(), found.get("deviation").getAsDouble(), ROUNDING);
        JsonArray parts = wanted.getAsJsonArray("parts");
        assertEquals(parts.size(), found.get("count").getAsInt());
        for (int i = 0; i < parts.size(); i++) {
            JsonObject part = found.getAsJsonArray("parts").get(i).getAsJsonObject();
            assertEquals(Set.of("images", "value"), part.keySet());
            assertEquals(parts.get(i).getAsDouble(), part.get("value").getAsDouble(), ROUNDING);
        }
    }

    private static JsonObject wanted() throws IOException {
        return JsonParser.parseString(Files.readString(ENCODERS.resolve("figures.json")))
                .getAsJsonObject();
    }

    private static Path image(int number) {
        return FIXTURES.resolve("captions/0" + number + ".png");
    }

    /** A folder of the six images. */
    private Path images() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        for (int i = 0; i < 6; i++) {
            Files.copy(image(i), images.resolve(i + ".png"));
        }
        return images;
    }

    private Run run(List<String> command) throws IOException {
        return new AssembledDistribution().begin(folder.resolve("command"), command.toArray(String[]::new));
    }
}
