package org.atelier.it.audio;

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

/** DJL is installed only because the API exports its types. */
class AudioBundleIT {

    @TempDir
    private Path home;

    @BeforeEach
    void layOutSounds() throws IOException {
        AudioFormat format = new AudioFormat(8000, 16, 2, true, false);
        try (AudioInputStream silence =
                new AudioInputStream(new ByteArrayInputStream(new byte[4 * 4000]), format, 4000)) {
            AudioSystem.write(
                    silence, AudioFileFormat.Type.WAVE, home.resolve("a.wav").toFile());
        }
        Path fixtures = Path.of(System.getProperty("atelier.fixtures"), "audio");
        Files.copy(fixtures.resolve("sound.mp3"), home.resolve("b.mp3"));
    }

    @Test
    void readsWaveFilesAndNamesTheBundlesThatOtherFormatsNeed() throws Exception {
        try (TestFramework framework =
                TestFramework.start(home, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.audio")) {
            String[] results = framework.inside(AudioProbe.class).split("\n", -1);
            assertEquals("a.wav: 8000", results[0]);
            String fault = " is MP3 audio, which needs the bundles org.atelier.audio.ffmpeg and"
                    + " org.atelier.libs.ffmpeg; install them, or convert the file to WAV.";
            assertEquals("b.mp3: " + home.resolve("b.mp3") + fault, results[1]);
        }
    }
}
