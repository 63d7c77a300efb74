package org.atelier.it.context.music;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MusicBundleIT {

    private static final int SAMPLE_RATE = 44_100;

    @TempDir
    private Path home;

    @Test
    void saysHowMusicSoundsInTheWordsOfItsConfiguration() throws Exception {
        Path sound = home.resolve("sound.wav");
        writeTone(sound);
        System.setProperty("music.model", System.getProperty("atelier.fixtures") + "/tiny-clap");
        System.setProperty("music.sound", sound.toString());
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.onnx",
                "org.atelier.audio",
                "org.atelier.context.music")) {
            List<String> results = framework.inside(MusicProbe.class).lines().toList();

            assertTrue(results.get(0).startsWith("MODEL_NOT_FOUND"), results.get(0));
            assertTrue(results.get(1).matches("(calm|energetic|melancholic) mood"), results.get(1));
            assertEquals("genre 12, instruments 12, mood 9", results.get(2));
            assertEquals("of old times", results.get(3));
            assertEquals("era 1", results.get(4));
        } finally {
            System.clearProperty("music.model");
            System.clearProperty("music.sound");
        }
    }

    /** Two and a half seconds, in stereo and at another rate than the model's. */
    private static void writeTone(Path file) throws IOException {
        int frames = 5 * SAMPLE_RATE / 2;
        byte[] samples = new byte[4 * frames];
        for (int i = 0; i < frames; i++) {
            int sample = (int) (9000 * Math.sin(2 * Math.PI * 440 * i / SAMPLE_RATE));
            samples[4 * i] = samples[4 * i + 2] = (byte) sample;
            samples[4 * i + 1] = samples[4 * i + 3] = (byte) (sample >> 8);
        }
        AudioFormat format = new AudioFormat(SAMPLE_RATE, 16, 2, true, false);
        try (AudioInputStream tone = new AudioInputStream(new ByteArrayInputStream(samples), format, frames)) {
            AudioSystem.write(tone, AudioFileFormat.Type.WAVE, file.toFile());
        }
    }
}
