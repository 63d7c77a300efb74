package org.atelier.context.music;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.atelier.audio.AudioFileReader;
import org.atelier.onnx.SharedOnnxModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MusicSourceTest {

    private static final Path CLAP = Path.of("../../src-it/reference/fixtures/tiny-clap");
    private static final ReadingListener LISTENER = new ReadingListener() {};

    private final SharedOnnxModels models = new SharedOnnxModels(new Models(), 1, Duration.ZERO);
    private final LabelEmbeddings cache = new LabelEmbeddings();

    /** As the options and a configuration's line give them. */
    private final Map<String, Object> properties = new HashMap<>(Map.of(
            "sets", new String[] {"mood", "genre"},
            "mood.labels", new String[] {"calm", "energetic: wild dance", "melancholic"},
            "mood.prompt", "This is a {label} song.",
            "mood.phrase", "{label} mood",
            "genre.labels", "jazz, rock, classical, folk",
            "genre.prompt", "This is a song of {label}.",
            "genre.phrase", ""));

    @TempDir
    private Path folder;

    private Path model;
    private Path sound;

    @BeforeEach
    void prepare() throws IOException {
        model = Files.createDirectory(folder.resolve("model"));
        Files.createDirectory(model.resolve("onnx"));
        for (String file : List.of(
                "config.json",
                "preprocessor_config.json",
                "tokenizer.json",
                "onnx/audio_model.onnx",
                "onnx/text_model.onnx")) {
            Files.copy(CLAP.resolve(file), model.resolve(file));
        }
        sound = Sounds.write(folder.resolve("sound.wav"), Sounds.sound(2, 7999));
    }

    @AfterEach
    void stop() {
        models.stop();
    }

    private MusicSource source(double scale, double least) {
        return new MusicSource(
                models, new AudioFileReader(null), cache, new Given(model.toString(), 3, scale, least), properties);
    }

    @Test
    void saysTheBestOfEachSetInItsPhrase() {
        ContextText words = source(0, 0).read(sound.toString(), LISTENER);

        // Of the fixture: mood .723 .677 .762, genre .753 .748 .678 .748.
        assertEquals("melancholic mood", words.text(), "a genre has no phrase");
        assertEquals(model.toString(), words.origin());
        assertEquals(
                List.of("melancholic", "calm", "energetic"),
                words.parts().stream()
                        .filter(part -> part.name().equals("mood"))
                        .map(ContextText.Part::text)
                        .toList());
        assertEquals("jazz", words.parts().get(3).text());
        assertEquals(
                1,
                words.parts().stream()
                        .limit(3)
                        .mapToDouble(ContextText.Part::confidence)
                        .sum(),
                1e-9);
        assertEquals(words.parts().get(0).confidence(), words.confidence());
    }

    @Test
    void aHigherLogitScaleIsSurer() {
        double sure = source(100, 0).read(sound.toString(), LISTENER).confidence();

        assertTrue(sure > 0.9
                && sure > source(0, 0).read(sound.toString(), LISTENER).confidence());
    }

    @Test
    void aLabelOfALowScoreIsToldButNotSaid() {
        ContextText words = source(0, 0.9).read(sound.toString(), LISTENER);

        assertEquals("", words.text());
        assertNull(words.confidence());
        assertEquals(7, words.parts().size());
    }

    @Test
    void aLabelMayHaveWordsOfItsOwn() {
        properties.put("sets", "mood");
        properties.put("mood.labels", List.of("energetic: wild dance"));

        assertEquals("wild dance", source(0, 0).read(sound.toString(), LISTENER).text());
    }

    @Test
    void theTextNetworkRunsOnceForAModelAndASetOfLabels() throws IOException {
        source(0, 0).check(sound.toString());
        Files.delete(model.resolve("onnx/text_model.onnx"));

        assertEquals(
                "melancholic mood",
                source(0, 0).read(sound.toString(), LISTENER).text());
    }

    @Test
    void stopsWhenTold() {
        ReadingListener stopping = new ReadingListener() {
            @Override
            public boolean cancelled() {
                return true;
            }
        };

        AtelierException fault =
                assertThrows(AtelierException.class, () -> source(0, 0).read(sound.toString(), stopping));

        assertEquals(Code.CANCELLED, fault.code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config.json",
                "preprocessor_config.json",
                "tokenizer.json",
                "audio_model.onnx",
                "text_model.onnx"
            })
    void whatAModelLacksIsRefusedBeforeTheMusicIsHeard(String file) throws IOException {
        Files.delete(model.resolve(file.endsWith(".onnx") ? "onnx/" + file : file));

        refused(Code.MODEL_INVALID, sound, file.replace("tokenizer.json", "tokenizer"));
    }

    @Test
    void aModelThatHearsFourWindowsAtOnceIsRefused() throws IOException {
        Path file = model.resolve("preprocessor_config.json");
        Files.writeString(file, Files.readString(file).replace("rand_trunc", "fusion"));

        refused(Code.MODEL_INVALID, sound, "unfused");
    }

    @Test
    void whatIsNoMusicIsRefused() throws IOException {
        refused(Code.INPUT_UNREADABLE, folder.resolve("nowhere.wav"), "nowhere.wav");
        refused(Code.INPUT_UNREADABLE, Files.writeString(folder.resolve("words.wav"), "not a sound"), "words.wav");
        refused(Code.INPUT_UNREADABLE, Sounds.write(folder.resolve("empty.wav")), "empty.wav");
    }

    @Test
    void aSetThatSaysNothingIsRefused() {
        properties.put("sets", "mood, era");
        refused(Code.INVALID_REQUEST, sound, "era.labels");
        properties.put("era.labels", "old, new");
        properties.put("era.prompt", "music");
        refused(Code.INVALID_REQUEST, sound, "era.prompt");
        properties.put("sets", "");
        refused(Code.INVALID_REQUEST, sound, "sets");
    }

    private void refused(Code code, Path file, String named) {
        AtelierException fault =
                assertThrows(AtelierException.class, () -> source(0, 0).check(file.toString()));

        assertEquals(code, fault.code(), fault.getMessage());
        assertTrue(fault.getMessage().contains(named), fault.getMessage());
        assertFalse(fault.getMessage().contains("\n"), fault.getMessage());
    }
}
