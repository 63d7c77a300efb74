package org.atelier.it.context.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeechBundleIT {

    private static final Path FIXTURES = Path.of(System.getProperty("atelier.fixtures"));
    private static final int SAMPLE_RATE = 8000;

    @TempDir
    private Path home;

    @Test
    void writesDownAWaveFileAndNamesWhatIsMissing() throws Exception {
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
            Path model = home.resolve("model");
            Path sound = home.resolve("sound");
            Files.createSymbolicLink(model, FIXTURES.resolve("whisper-tiny-multilingual"));
            writeTone(sound);
            assertEquals("de, something said", framework.inside(SpeechProbe.class));

            Files.copy(FIXTURES.resolve("audio/sound.mp3"), sound, StandardCopyOption.REPLACE_EXISTING);
            assertEquals(
                    sound + " is MP3 audio, which needs the bundles org.atelier.audio.ffmpeg and"
                            + " org.atelier.libs.ffmpeg; install them, or convert the file to WAV.",
                    framework.inside(SpeechProbe.class));

            Files.delete(model);
            Files.createDirectory(model);
            assertEquals(
                    model.resolve("preprocessor_config.json")
                            + " is missing or not a JSON object; pull the model again.",
                    framework.inside(SpeechProbe.class));
        }
    }

    private static void writeTone(Path file) throws IOException {
        byte[] samples = new byte[2 * SAMPLE_RATE];
        for (int i = 0; i < SAMPLE_RATE; i++) {
            int sample = (int) (9000 * Math.sin(2 * Math.PI * 440 * i / SAMPLE_RATE));
            samples[2 * i] = (byte) sample;
            samples[2 * i + 1] = (byte) (sample >> 8);
        }
        AudioFormat format = new AudioFormat(SAMPLE_RATE, 16, 1, true, false);
        try (AudioInputStream tone = new AudioInputStream(new ByteArrayInputStream(samples), format, SAMPLE_RATE)) {
            AudioSystem.write(tone, AudioFileFormat.Type.WAVE, file.toFile());
        }
    }
}
