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
import org.atelier.audio.AudioFileReader;
import org.atelier.onnx.Embedding;
import org.atelier.onnx.SharedOnnxModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten sounds and seven texts are as alike as transformers' ClapModel finds them, to 1e-4. */
class ClapParityTest {

    private static final Path CLAP = Path.of("../../src-it/reference/fixtures/tiny-clap");

    @TempDir
    private Path folder;

    @Test
    void hearsAndReadsAsTransformersDoes() throws IOException {
        JsonObject expected = JsonParser.parseString(Files.readString(CLAP.resolve("similarities.json")))
                .getAsJsonObject();
        JsonArray lengths = expected.getAsJsonArray("lengths");
        assertEquals(10, lengths.size());
        List<String> prompts = expected.getAsJsonArray("prompts").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
        SharedOnnxModels models = new SharedOnnxModels(new Models(), 1, Duration.ZERO);
        try (Clap clap = Clap.open(models.lease(CLAP.toString()), new LabelEmbeddings())) {
            assertEquals(5, clap.logitScale());
            for (int number = 0; number < lengths.size(); number++) {
                short[] sound = Sounds.sound(number, lengths.get(number).getAsInt());
                Path file = Sounds.write(folder.resolve(number + ".wav"), sound);
                List<Embedding> windows = new ArrayList<>();

                new Recording(new AudioFileReader(null), file, clap.sampleRate(), () -> false)
                        .windows(
                                clap.windowSamples(),
                                expected.get("windows").getAsInt(),
                                window -> windows.add(clap.embedAudio(window)));

                Embedding embedding = Embedding.mean(windows);
                JsonArray similarities =
                        expected.getAsJsonArray("similarities").get(number).getAsJsonArray();
                for (int i = 0; i < prompts.size(); i++) {
                    double similarity = clap.embedTexts(prompts).get(i).cosine(embedding);
                    assertEquals(
                            similarities.get(i).getAsDouble(), similarity, 1e-4, number + " and " + prompts.get(i));
                }
            }
        } finally {
            models.stop();
        }
    }
}
