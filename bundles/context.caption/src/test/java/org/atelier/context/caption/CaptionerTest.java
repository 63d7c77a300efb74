package org.atelier.context.caption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.onnx.SharedOnnxModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a captioner whose files do not fit one another, when it is loaded. */
class CaptionerTest {

    private static final Path SOUND = Path.of(System.getProperty("atelier.sketchbook") + "-caption");

    /** Sketchbook-caption scores 112 words, of which the last two only begin texts. */
    private static final int RESOLVED = 110;

    private final SharedOnnxModels models = new SharedOnnxModels(new Models(), 1, Duration.ZERO);

    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.list(SOUND)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
    }

    @AfterEach
    void stop() {
        models.stop();
    }

    private void open() {
        Captioner.open(models.lease(folder.toString()), new Given(folder.toString(), 1, "", 20))
                .close();
    }

    private String fault() {
        AtelierException fault = assertThrows(AtelierException.class, this::open);
        assertEquals(Code.MODEL_INVALID, fault.code());
        assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
        return fault.getMessage();
    }

    private void keepWords(int count) throws IOException {
        Path words = folder.resolve("vocab.txt");
        List<String> all = Files.readAllLines(words);
        Files.write(words, all.subList(0, count));
    }

    @Test
    void takesWordsWithoutThoseThatOnlyBeginTexts() throws IOException {
        open();
        keepWords(RESOLVED);
        open();
    }

    @ParameterizedTest
    @ValueSource(ints = {RESOLVED - 1, 60, 4})
    void refusesTooFewWords(int count) throws IOException {
        keepWords(count);

        assertEquals(
                "%s: has %d words, but the network generates %d. It is another model's, or was cut; fetch the model again."
                        .formatted(folder.resolve("vocab.txt"), count, RESOLVED),
                fault());
    }

    @Test
    void refusesAConfigurationThatCountsOtherWords() throws IOException {
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"vocab_size\": 112", "\"vocab_size\": 120"));

        assertTrue(fault().contains("vocab.txt: has 112 words, but the network generates 120."), fault());

        Files.writeString(config, Files.readString(config).replace("\"bos_token_id\": 110", "\"bos_token_id\": 119"));
        Files.write(
                folder.resolve("vocab.txt"),
                Stream.iterate(0, i -> i + 1).limit(8).map(i -> "word" + i).toList(),
                StandardOpenOption.APPEND);
        assertTrue(fault().contains("blip_text_decoder.onnx has 112 logits, but config.json has 120 tokens:"), fault());
    }
}
