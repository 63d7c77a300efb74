package org.atelier.it.context.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeechBundleIT {

    private static final Path FIXTURES = Path.of(System.getProperty("atelier.fixtures"));
    private static final int SAMPLE_RATE = 8000;

    @TempDir
    private Path home;

    @BeforeEach
    void layOutTheModel() throws IOException {
        Files.createSymbolicLink(home.resolve("model"), FIXTURES.resolve("whisper-tiny-multilingual"));
    }

    @Test
    void writesDownAWaveFile() throws Exception {
        byte[] samples = new byte[2 * SAMPLE_RATE];
        for (int i = 0; i < SAMPLE_RATE; i++) {
            int sample = (int) (9000 * Math.sin(2 * Math.PI * 440 * i / SAMPLE_RATE));
            samples[2 * i] = (byte) sample;
            samples[2 * i + 1] = (byte) (sample >> 8);
        }
        AudioFormat format = new AudioFormat(SAMPLE_RATE, 16, 1, true, false);
        try (AudioInputStream tone = new AudioInputStream(new ByteArrayInputStream(samples), format, SAMPLE_RATE)) {
            AudioSystem.write(
                    tone, AudioFileFormat.Type.WAVE, home.resolve("sound").toFile());
        }
        assertEquals("de, something said", said());
    }

    @Test
    void namesTheBundleThatWouldReadAnMp3File() throws Exception {
        Files.copy(FIXTURES.resolve("audio/sound.mp3"), home.resolve("sound"));
        assertEquals(
                home.resolve("sound") + " is MP3 audio, which needs the bundles org.atelier.audio.ffmpeg and"
                        + " org.atelier.libs.ffmpeg; install them, or convert the file to WAV.",
                said());
    }

    @Test
    void namesTheFileThatAModelLacks() throws Exception {
        Files.delete(home.resolve("model"));
        Files.createDirectory(home.resolve("model"));
        Files.copy(FIXTURES.resolve("audio/sound.mp3"), home.resolve("sound"));
        assertEquals(
                home.resolve("model").resolve("preprocessor_config.json")
                        + " is missing or no JSON object; pull the model again.",
                said());
    }

    private String said() throws Exception {
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.onnx",
                "org.atelier.audio",
                "org.atelier.context.speech")) {
            return framework.inside(SpeechProbe.class);
        }
    }
}
