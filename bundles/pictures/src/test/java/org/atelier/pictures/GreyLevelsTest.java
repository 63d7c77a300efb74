package org.atelier.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreyLevelsTest {

    private static final Path FIXTURES = Path.of("../../src-it/reference/fixtures/pictures");

    private static GreyLevels fixture(String name) {
        return GreyLevels.of(SourceImage.open(FIXTURES.resolve(name)).upright());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7})
    void blursAsPillowDoes(int radius) {
        assertArrayEquals(
                fixture("mask-" + radius + ".png").levels(),
                fixture("mask.png").blurred(radius).levels());
    }

    @Test
    void keepsGreyLevelsOfAFile() throws IOException {
        BufferedImage grey = ImageIO.read(FIXTURES.resolve("mask.png").toFile());
        GreyLevels levels = fixture("mask.png");
        assertEquals(grey.getWidth(), levels.width());
        for (int i = 0; i < levels.levels().length; i++) {
            assertEquals(
                    grey.getRaster().getSample(i % levels.width(), i / levels.width(), 0),
                    Byte.toUnsignedInt(levels.levels()[i]));
        }
    }

    /** The levels that Pillow's mode L has. */
    @Test
    void convertsColoursToLuma() {
        BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_INT_RGB);
        int[] colours = {0xFF0000, 0x00FF00, 0x0000FF, 0x8040C0};
        for (int x = 0; x < colours.length; x++) {
            image.setRGB(x, 0, colours[x]);
        }
        assertArrayEquals(
                new byte[] {76, (byte) 150, 29, 98}, GreyLevels.of(image).levels());
    }
}
