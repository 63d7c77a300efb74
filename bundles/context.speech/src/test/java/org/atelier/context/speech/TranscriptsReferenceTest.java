package org.atelier.context.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.context.ReadingListener;
import org.atelier.onnx.ModelsByFolder;
import org.atelier.onnx.OnnxModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Thirty sounds, token for token as transformers writes them down, at temperature 0. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TranscriptsReferenceTest {

    private static final Path FIXTURES = Path.of(System.getProperty("atelier.fixtures"));

    private ModelsByFolder models;

    static Stream<Case> cases() throws IOException {
        return JsonParser.parseString(Files.readString(FIXTURES.resolve("whisper.json")))
                .getAsJsonArray()
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject)
                .map(Case::new);
    }

    @BeforeAll
    void open() {
        models = new ModelsByFolder();
    }

    @AfterAll
    void close() {
        models.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areThoseOfTransformers(Case expected) {
        try (OnnxModel model = models.models()
                        .lease(FIXTURES.resolve(expected.text("model")).toString());
                Whisper whisper = new Whisper(model)) {
            Path recording = Recordings.name(expected.number("sound"), expected.number("samples"));
            Transcript transcript = new Transcriber(whisper, expected.options())
                    .transcribe(recording, new Recordings(), new ReadingListener() {});
            assertArrayEquals(expected.tokens(), transcript.tokens());
            assertSegments(expected.list("segments"), transcript.segments());
            assertDecisions(expected.list("windows"), transcript.results(), expected.options());
            JsonElement detected = expected.json().get("detected_language");
            if (!detected.isJsonNull() && expected.options().language().isEmpty()) {
                assertEquals(whisper.tokens().languageOf(detected.getAsInt()), transcript.language());
            }
        }
    }

    private static void assertSegments(JsonArray expected, List<Segment> segments) {
        assertEquals(expected.size(), segments.size());
        for (int i = 0; i < segments.size(); i++) {
            JsonArray segment = expected.get(i).getAsJsonArray();
            assertEquals(segment.get(0).getAsDouble(), segments.get(i).start(), 1e-5);
            assertEquals(segment.get(1).getAsDouble(), segments.get(i).end(), 1e-5);
            assertEquals(segment.get(2).getAsInt(), segments.get(i).tokens().length);
        }
    }

    private static void assertDecisions(JsonArray expected, List<DecodingResult> results, Options options) {
        assertEquals(expected.size(), results.size());
        for (int i = 0; i < results.size(); i++) {
            JsonObject window = expected.get(i).getAsJsonObject();
            DecodingResult result = results.get(i);
            assertEquals(window.get("compression_ratio").getAsDouble(), result.compressionRatio(), 1e-5);
            assertEquals(window.get("average_log_probability").getAsDouble(), result.averageLogProbability(), 1e-4);
            assertEquals(window.get("no_speech_probability").getAsDouble(), result.noSpeechProbability(), 1e-5);
            assertEquals(window.get("fallback").getAsBoolean(), result.needsFallback(options));
            assertEquals(window.get("skip").getAsBoolean(), result.isSilence(options));
        }
    }

    /** A sound, the requested task, and the result of transformers. */
    record Case(JsonObject json) {

        String text(String key) {
            return json.get(key).getAsString();
        }

        int number(String key) {
            return json.get(key).getAsInt();
        }

        JsonArray list(String key) {
            return json.getAsJsonArray(key);
        }

        long[] tokens() {
            return list("tokens").asList().stream()
                    .mapToLong(JsonElement::getAsLong)
                    .toArray();
        }

        GivenOptions options() {
            JsonObject given = json.getAsJsonObject("options");
            GivenOptions options = GivenOptions.of(text("model"))
                    .withTimestamps(given.get("timestamps").getAsBoolean());
            if (given.has("task")) {
                options = options.withTask(given.get("task").getAsString());
            }
            if (given.has("language")) {
                options = options.withLanguage(given.get("language").getAsString());
            }
            if (given.has("thresholds")) {
                JsonObject thresholds = given.getAsJsonObject("thresholds");
                options = options.withThresholds(
                        thresholds.get("logprob_threshold").getAsDouble(),
                        thresholds.get("no_speech_threshold").getAsDouble());
            }
            return options;
        }

        @Override
        public String toString() {
            return text("model") + " sound " + text("sound") + " " + json.get("options");
        }
    }
}
