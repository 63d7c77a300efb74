package org.atelier.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.pictures.container.ImageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One image in many formats, written by Pillow: red, green and blue corners on grey, 48 x 32. */
class SourceImageTest {

    private static final Path IMAGES = Path.of("src/test/resources/pictures");
    private static final int WIDTH = 48;
    private static final int HEIGHT = 32;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "palette.png", "turned.png", "lossless.webp", "turned.webp"})
    void decodesLosslessFilesExactly(String name) throws IOException {
        assertEquals(0, distance(ImageIO.read(IMAGES.resolve("rgb.png").toFile()), open(name)), name);
    }

    /**
     * Compression blocks do not align with the corners, so levels differ at the edges, also in WebP as libwebp decodes
     * it.
     */
    @ParameterizedTest
    @CsvSource({
        "lossy.webp, 70",
        "progressive.jpg, 40",
        "turned-1.jpg, 40",
        "turned-2.jpg, 40",
        "turned-3.jpg, 40",
        "turned-4.jpg, 40",
        "turned-5.jpg, 40",
        "turned-6.jpg, 40",
        "turned-7.jpg, 40",
        "turned-8.jpg, 40"
    })
    void readsLossyFilesUpright(String name, int levels) {
        assertNear(name, levels);
    }

    /** CMYK without a profile has no exact colours, so the test only checks which colour dominates. */
    @Test
    void readsCmyk() {
        BufferedImage image = open("cmyk.jpg");

        assertEquals("red", called(image, 8, 8));
        assertEquals("green", called(image, 40, 8));
        assertEquals("blue", called(image, 8, 24));
    }

    @ParameterizedTest
    @CsvSource({"grey.png, 0", "grey16.png, 0", "grey.jpg, 2"})
    void readsGreyLevelsAsSrgb(String name, int levels) {
        BufferedImage image = open(name);

        Color corner = new Color(image.getRGB(40, 24));
        assertEquals(128, corner.getRed(), levels);
        assertEquals(corner.getRed(), corner.getBlue());
        // 0.299 x 220 + 0.587 x 30 + 0.114 x 30
        assertEquals(87, new Color(image.getRGB(8, 8)).getGreen(), levels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha.png", "alpha.webp", "grey-alpha.png"})
    void compositesTransparencyOnWhite(String name) {
        BufferedImage image = open(name);

        assertEquals(Color.WHITE, new Color(image.getRGB(40, 24)));
        assertTrue(image.getRGB(8, 8) != Color.WHITE.getRGB());
    }

    @Test
    void resizesWithoutKeepingTheAspectRatio() {
        BufferedImage image = SourceImage.open(IMAGES.resolve("turned.png")).sized(64, 64);

        assertEquals(64, image.getWidth());
        assertEquals(64, image.getHeight());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bomb.png  | 60000 x 60000 pixels are too many, 64 megapixels at most; reduce the image first",
                "strip.png | 4000 x 100 pixels exceed the maximum aspect ratio of 32 to 1; crop the image first",
                "none.png  | no such file",
                "../..     | a folder, not a file"
            })
    void rejectsBombsBeforeDecoding(String name, String expected) {
        assertFault(IMAGES.resolve(name), expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "progressive.jpg", "lossless.webp"})
    void reportsADamagedImage(String name) throws IOException {
        byte[] whole = Files.readAllBytes(IMAGES.resolve(name));
        Path half = Files.write(folder.resolve(name), Arrays.copyOf(whole, 20));

        assertFault(half, "a damaged " + ImageKind.of(whole).orElseThrow() + " image");
    }

    @Test
    void detectsTheFormatByContent() throws IOException {
        assertFault(Files.writeString(folder.resolve("text.png"), "no image"), "not a PNG, JPEG or WebP image");
        Path renamed = Files.copy(IMAGES.resolve("turned-1.jpg"), folder.resolve("photograph.png"));
        assertEquals(WIDTH, SourceImage.open(renamed).sized(WIDTH, HEIGHT).getWidth());
    }

    private static BufferedImage open(String name) {
        return SourceImage.open(IMAGES.resolve(name)).sized(WIDTH, HEIGHT);
    }

    private static void assertNear(String name, int levels) {
        try {
            int distance = distance(ImageIO.read(IMAGES.resolve("rgb.png").toFile()), open(name));
            assertTrue(distance <= levels, name + " is " + distance + " levels away");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int distance(BufferedImage one, BufferedImage other) {
        int furthest = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                Color a = new Color(one.getRGB(x, y));
                Color b = new Color(other.getRGB(x, y));
                furthest = Math.max(furthest, Math.abs(a.getRed() - b.getRed()));
                furthest = Math.max(furthest, Math.abs(a.getGreen() - b.getGreen()));
                furthest = Math.max(furthest, Math.abs(a.getBlue() - b.getBlue()));
            }
        }
        return furthest;
    }

    private static String called(BufferedImage image, int x, int y) {
        Color color = new Color(image.getRGB(x, y));
        if (color.getRed() > color.getGreen() + 60 && color.getRed() > color.getBlue() + 60) {
            return "red";
        }
        if (color.getGreen() > color.getRed() + 60 && color.getGreen() > color.getBlue() + 60) {
            return "green";
        }
        return color.getBlue() > color.getRed() + 60 && color.getBlue() > color.getGreen() + 60 ? "blue" : "grey";
    }

    private static void assertFault(Path file, String expected) {
        AtelierException fault = assertThrows(AtelierException.class, () -> SourceImage.open(file));
        assertEquals(Code.INPUT_UNREADABLE, fault.code());
        assertTrue(fault.getMessage().contains(expected), fault.getMessage());
    }
}
