package org.atelier.it.audio.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DJL is installed only because the API exports its types. */
class AudioFfmpegBundleIT {

    @TempDir
    private Path home;

    @BeforeEach
    void layOutSounds() throws IOException {
        Path fixtures = Path.of(System.getProperty("atelier.fixtures"), "audio");
        Files.copy(fixtures.resolve("sound.flac"), home.resolve("a.flac"));
        Files.copy(fixtures.resolve("sound.mp3"), home.resolve("b.mp3"));
    }

    @Test
    void readsOtherFormatsUntilItIsUninstalled() throws Exception {
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.libs.ffmpeg",
                "org.atelier.api",
                "org.atelier.audio",
                "org.atelier.audio.ffmpeg")) {
            String[] results = framework.inside(AudioProbe.class).split("\n", -1);
            assertEquals("a.flac: 8000", results[0]);
            assertTrue(results[1].matches("b.mp3: [89]\\d\\d\\d"), results[1]);

            framework.bundle("org.atelier.audio.ffmpeg").uninstall();
            framework.bundle("org.atelier.libs.ffmpeg").uninstall();
            results = framework.inside(AudioProbe.class).split("\n", -1);
            assertTrue(results[0].contains("needs the bundles org.atelier.audio.ffmpeg"), results[0]);
            assertTrue(results[1].contains("needs the bundles org.atelier.audio.ffmpeg"), results[1]);
        }
    }
}
