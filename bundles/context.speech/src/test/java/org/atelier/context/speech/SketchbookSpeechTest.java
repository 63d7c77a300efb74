package org.atelier.context.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.atelier.api.context.ReadingListener;
import org.atelier.audio.SampleStream;
import org.atelier.onnx.ModelsByFolder;
import org.atelier.onnx.OnnxModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recordings of voices that sketchbook-speech was never trained on, token for token as transformers writes them down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SketchbookSpeechTest {

    private static final Path FIXTURES = Path.of(System.getProperty("atelier.fixtures"), "speech");
    private static final String MODEL = System.getProperty("atelier.sketchbook") + "-speech";

    private ModelsByFolder models;

    static Stream<JsonObject> cases() throws IOException {
        return JsonParser.parseString(Files.readString(FIXTURES.resolve("speech.json")))
                .getAsJsonArray()
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject);
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
    void hearsWhatTransformersHears(JsonObject expected) {
        try (OnnxModel model = models.models().lease(MODEL);
                Whisper whisper = new Whisper(model)) {
            Path recording = FIXTURES.resolve(expected.get("file").getAsString());
            GivenOptions options = GivenOptions.of(MODEL);
            Transcript plain = transcript(whisper, options, recording);
            assertArrayEquals(tokens(expected, "tokens"), plain.tokens());
            assertEquals(
                    expected.get("text").getAsString(),
                    whisper.text(plain.tokens()).strip());
            assertArrayEquals(
                    tokens(expected, "timed"),
                    transcript(whisper, options.withTimestamps(true), recording).tokens());
        }
    }

    private static Transcript transcript(Whisper whisper, Options options, Path recording) {
        return new Transcriber(whisper, options)
                .transcribe(recording, (file, rate) -> samples(file), new ReadingListener() {});
    }

    private static long[] tokens(JsonObject expected, String key) {
        JsonArray tokens = expected.getAsJsonArray(key);
        return tokens.asList().stream().mapToLong(JsonElement::getAsLong).toArray();
    }

    /** The samples of a WAV file of 16 bits. */
    private static SampleStream samples(Path file) {
        try (AudioInputStream sound = AudioSystem.getAudioInputStream(file.toFile())) {
            ShortBuffer shorts = ByteBuffer.wrap(sound.readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer();
            float[] samples = new float[shorts.remaining()];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = shorts.get(i) / 32768f;
            }
            return SampleStream.of(samples, (int) sound.getFormat().getSampleRate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnsupportedAudioFileException e) {
            throw new IllegalArgumentException(file.toString(), e);
        }
    }
}
