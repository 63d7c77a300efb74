package org.atelier.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.atelier.pictures.container.ImageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageEncoderTest {

    private static final int SIDE = 64;
    private static final int TOLERANCE = 12;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(ImageKind.class)
    void encodesWhatItsDecoderReads(ImageKind kind) throws IOException {
        byte[] encoded = ImageEncoder.encode(gradient(), kind, 95);

        assertEquals(Optional.of(kind), ImageKind.of(encoded));
        BufferedImage read =
                SourceImage.open(Files.write(folder.resolve("image"), encoded)).upright();
        for (int x = 0; x < SIDE; x++) {
            int difference = Math.abs((read.getRGB(x, x) & 0xFF) - (gradient().getRGB(x, x) & 0xFF));
            assertTrue(difference <= TOLERANCE, kind + " differs by " + difference);
        }
    }

    @ParameterizedTest
    @EnumSource(value = ImageKind.class, names = "PNG", mode = EnumSource.Mode.EXCLUDE)
    void aLowerQualityTakesLessRoom(ImageKind kind) {
        int high = ImageEncoder.encode(gradient(), kind, 100).length;
        int low = ImageEncoder.encode(gradient(), kind, 0).length;

        assertTrue(low < high, low + " bytes, not fewer than " + high);
    }

    @Test
    void readsTheTransparency() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(1, 0, Color.RED.getRGB());
        Path file = folder.resolve("mask.png");
        ImageIO.write(image, "png", file.toFile());

        BufferedImage levels = SourceImage.open(file).transparency().orElseThrow();

        assertEquals(Color.WHITE.getRGB(), levels.getRGB(0, 0));
        assertEquals(Color.BLACK.getRGB(), levels.getRGB(1, 0));
        ImageIO.write(gradient(), "png", file.toFile());
        assertEquals(Optional.empty(), SourceImage.open(file).transparency());
    }

    private static BufferedImage gradient() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int level = 2 * (x + y);
                image.setRGB(x, y, level << 16 | level << 8 | level);
            }
        }
        return image;
    }
}
