package org.atelier.it.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A third-party neural metric in the real evaluation; only the sets are fixtures. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeuralMetricIT {

    private static final int MOST_LINES = 60;

    private static final Path FIXTURES =
            Path.of("../reference/fixtures").toAbsolutePath().normalize();

    /** Float32 against NumPy's float64. */
    private static final double ROUNDING = 1e-5;

    private static final String MISSING =
            "There is no model \"tiny-embedder\" here: fetch it with \"atelier models pull tiny-embedder\", or give a folder.";

    private Manifest manifest;
    private Map<String, List<String>> cases;

    @BeforeAll
    void measure(@TempDir Path temporary) throws Exception {
        Path home = Files.createDirectory(temporary.resolve("home"));
        Files.createDirectory(home.resolve("models"));
        Files.createDirectory(home.resolve("config"));
        Files.writeString(
                home.resolve("config/models.json"),
                "{\"tiny-embedder\": {\"kind\": \"network\", \"repository\": \"example/tiny-embedder\"}}");
        manifest = new NeuralMetricBundle()
                .writeTo(home.resolve("embedding.jar"), Files.createDirectory(temporary.resolve("classes")));
        System.setProperty("neural.fixtures", FIXTURES.toString());
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.onnx",
                "org.atelier.diffusion",
                "org.atelier.plugins",
                "org.atelier.metric.palette",
                "org.atelier.evaluation")) {
            cases = framework.inside(NeuralMetricProbe.class, FixtureStudio.class, NamingFormat.class);
        } finally {
            System.clearProperty("neural.fixtures");
        }
    }

    @Test
    void theMetricHasFewLines() throws IOException {
        int lines = Files.readAllLines(NeuralMetricBundle.SOURCE).size();
        assertTrue(lines < MOST_LINES, lines + " lines");
    }

    @Test
    void theMetricImportsOnlyContractsAndNetworkPackages() {
        String imports = manifest.getMainAttributes().getValue("Import-Package");
        Set<String> packages = Pattern.compile("(?:^|,)([\\w.]+)(?=;|,|$)")
                .matcher(imports.replaceAll("\"[^\"]*\"", ""))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of("org.atelier.api.metric", "org.atelier.onnx", "org.atelier.pictures"), packages);
    }

    @Test
    void matchesNumpy() throws IOException {
        JsonObject record = record("chosen with its model");

        assertEquals(
                "[{\"name\":\"embedding\",\"options\":{\"model\":\"tiny-embedder\",\"side\":16},\"model\":\"tiny-embedder\"}]",
                record.get("metrics").toString());
        assertMeasured("16", record);
        assertEquals("4", cases.get("chosen with its model").get(1));
    }

    @Test
    void usesItsOptions() throws IOException {
        assertMeasured("32", record("with a model by its folder"));
    }

    @Test
    void isAnErrorWithoutItsModelBeforeGeneration() {
        assertEquals(List.of("MODEL_NOT_FOUND: " + MISSING, "0"), cases.get("alone without its model"));
    }

    @Test
    void isNamedWithoutItsModelAndTheOthersMeasure() {
        assertEquals(
                List.of("4", "The metric 'embedding' is skipped: " + MISSING),
                cases.get("chosen without its model").subList(1, 3));
        assertEquals(Set.of("palette"), measuringMetrics(record("chosen without its model")));
    }

    @Test
    void isSkippedWithoutItsModelIfNotSelected() {
        assertEquals(
                List.of("4", "The metric 'embedding' is skipped: " + MISSING),
                cases.get("every metric, without its model").subList(1, 3));
        assertEquals(Set.of("palette"), measuringMetrics(record("every metric, without its model")));
    }

    @Test
    void measuresWithTheOthersIfNoneIsSelected() {
        assertEquals(Set.of("embedding", "palette"), measuringMetrics(record("every metric")));
        assertEquals(List.of("4"), cases.get("every metric").subList(1, 2));
    }

    @Test
    void reportsAllUnknownNamesTogether() {
        assertEquals(
                List.of(
                        "INVALID_REQUEST: The metric 'embedding' has no option 'sides'; it has model (a string, default"
                                + " tiny-embedder), side (a whole number, default 16).",
                        "The metric 'palette' has no option 'side'; it has none.",
                        "There is no metric 'beauty'; available: embedding, palette."),
                cases.get("unknown").get(0).lines().toList());
        assertEquals("0", cases.get("unknown").get(1));
    }

    private JsonObject record(String title) {
        return JsonParser.parseString(cases.get(title).get(0)).getAsJsonObject();
    }

    private static Set<String> measuringMetrics(JsonObject record) {
        return StreamSupport.stream(record.getAsJsonArray("findings").spliterator(), false)
                .map(finding -> finding.getAsJsonObject().get("metric").getAsString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Checks each pair and their mean in every variant. */
    private static void assertMeasured(String side, JsonObject record) throws IOException {
        JsonObject expected = JsonParser.parseString(Files.readString(FIXTURES.resolve("network-metric.json")))
                .getAsJsonObject();
        for (JsonElement element : record.getAsJsonArray("variants")) {
            JsonObject variant = element.getAsJsonObject();
            boolean isUnaligned = variant.get("name").getAsString().equals("unaligned");
            JsonObject wanted = expected.getAsJsonObject(isUnaligned ? "sketchbook-none" : "sketchbook-shared")
                    .getAsJsonObject(side);
            JsonArray sets = variant.getAsJsonArray("sets");
            JsonObject found = sets.get(0)
                    .getAsJsonObject()
                    .getAsJsonArray("measurements")
                    .get(0)
                    .getAsJsonObject();
            assertEquals("higher-is-closer", found.get("direction").getAsString());
            assertEquals(wanted.get("pairs").getAsDouble(), found.get("value").getAsDouble(), ROUNDING);
            for (int i = 0; i < 6; i++) {
                assertEquals(
                        wanted.getAsJsonArray("parts").get(i).getAsDouble(),
                        found.getAsJsonArray("parts")
                                .get(i)
                                .getAsJsonObject()
                                .get("value")
                                .getAsDouble(),
                        ROUNDING);
            }
        }
    }
}
