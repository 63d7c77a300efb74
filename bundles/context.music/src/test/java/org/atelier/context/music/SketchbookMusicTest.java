package org.atelier.context.music;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.api.context.ReadingListener;
import org.atelier.audio.AudioFileReader;
import org.atelier.onnx.Embedding;
import org.atelier.onnx.SharedOnnxModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The included sketchbook-music: similarities as transformers' to 1e-4, and the right mood of tunes on instruments never trained on. */
class SketchbookMusicTest {

    private static final Path TUNES = Path.of("../../src-it/reference/fixtures/sketchbook-music");
    private static final String MODEL = System.getProperty("atelier.sketchbook") + "-music";

    private final SharedOnnxModels models = new SharedOnnxModels(new Models(), 1, Duration.ZERO);

    @AfterEach
    void stop() {
        models.stop();
    }

    @Test
    void hearsAndReadsAsTransformersDoes() throws IOException {
        JsonObject expected = JsonParser.parseString(Files.readString(TUNES.resolve("similarities.json")))
                .getAsJsonObject();
        List<String> prompts = expected.getAsJsonArray("prompts").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
        JsonObject similarities = expected.getAsJsonObject("similarities");
        assertEquals(4, similarities.size());
        try (Clap clap = Clap.open(models.lease(MODEL), new LabelEmbeddings())) {
            List<Embedding> texts = clap.embedTexts(prompts);
            for (String tune : similarities.keySet()) {
                List<Embedding> windows = new ArrayList<>();
                new Recording(new AudioFileReader(null), TUNES.resolve(tune + ".wav"), clap.sampleRate(), () -> false)
                        .windows(clap.windowSamples(), 6, window -> windows.add(clap.embedAudio(window)));
                assertEquals(1, windows.size());
                JsonArray each = similarities.getAsJsonArray(tune);
                for (int i = 0; i < prompts.size(); i++) {
                    double similarity = texts.get(i).cosine(windows.get(0));
                    assertEquals(each.get(i).getAsDouble(), similarity, 1e-4, tune + " and " + prompts.get(i));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"calm", "energetic", "melancholic"})
    void findsTheMood(String mood) {
        Map<String, Object> properties = Map.of(
                "sets", "mood",
                "mood.labels", "calm, energetic, melancholic",
                "mood.prompt", "This is a {label} song",
                "mood.phrase", "{label} mood");
        MusicSource source = new MusicSource(
                models, new AudioFileReader(null), new LabelEmbeddings(), new Given(MODEL, 6, 0, 0), properties);

        String text = source.read(TUNES.resolve(mood + ".wav").toString(), new ReadingListener() {})
                .text();

        assertEquals(mood + " mood", text);
    }
}
