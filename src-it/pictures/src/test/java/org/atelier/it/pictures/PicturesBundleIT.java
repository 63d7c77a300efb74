package org.atelier.it.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesBundleIT {

    /** An image of a red, a green, a blue and a grey corner, as several files; the tests of the bundle made them. */
    private static final Path IMAGES = Path.of("../../bundles/pictures/src/test/resources/pictures");

    @Test
    void findsTheReadersThatItBrings(@TempDir Path home) throws Exception {
        System.setProperty(
                DecodingProbe.FOLDER, IMAGES.toAbsolutePath().normalize().toString());
        try (TestFramework framework =
                TestFramework.start(home, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.pictures")) {
            assertEquals(
                    List.of(
                            "rgb.png 48 x 32 red",
                            "progressive.jpg 48 x 32 red",
                            "turned-6.jpg 48 x 32 red",
                            "cmyk.jpg 48 x 32 red",
                            "lossless.webp 48 x 32 red",
                            "lossy.webp 48 x 32 red",
                            "none.png INPUT_UNREADABLE"),
                    framework.inside(DecodingProbe.class));
        } finally {
            System.clearProperty(DecodingProbe.FOLDER);
        }
    }
}
