package org.atelier.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplingTest {

    private static final Path FIXTURES = Path.of("../../src-it/reference/fixtures/resize");

    @ParameterizedTest
    @MethodSource("images")
    void resizesBicubicallyAsPillowDoes(String from, String to, int width, int height) throws IOException {
        BufferedImage resized = Resampling.BICUBIC.resize(image(from), width, height);

        BufferedImage expected = image(to);
        assertEquals(expected.getWidth(), resized.getWidth());
        assertEquals(expected.getHeight(), resized.getHeight());
        assertArrayEquals(pixels(expected), pixels(resized));
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void resizesWithEveryFilterAsPillowDoes(String from, int code, int width, int height, String sha256)
            throws IOException {
        BufferedImage resized = Resampling.ofCode(code).orElseThrow().resize(image(from), width, height);

        assertEquals(width, resized.getWidth());
        assertEquals(height, resized.getHeight());
        assertEquals(sha256, sha256(resized));
    }

    @Test
    void rejectsUnknownFilterCodes() {
        assertTrue(Resampling.ofCode(6).isEmpty());
        assertTrue(Resampling.ofCode(-1).isEmpty());
    }

    static List<Arguments> images() throws IOException {
        return cases("resize.json").stream()
                .map(each -> Arguments.of(
                        each.get("from").getAsString(),
                        each.get("to").getAsString(),
                        each.get("width").getAsInt(),
                        each.get("height").getAsInt()))
                .toList();
    }

    static List<Arguments> hashes() throws IOException {
        return cases("resampling.json").stream()
                .map(each -> Arguments.of(
                        each.get("from").getAsString(),
                        each.get("resample").getAsInt(),
                        each.get("width").getAsInt(),
                        each.get("height").getAsInt(),
                        each.get("sha256").getAsString()))
                .toList();
    }

    private static List<JsonObject> cases(String file) throws IOException {
        String json = Files.readString(FIXTURES.resolve(file));
        return JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("cases").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static BufferedImage image(String name) throws IOException {
        return ImageIO.read(FIXTURES.resolve(name).toFile());
    }

    private static int[] pixels(BufferedImage image) {
        int width = image.getWidth();
        return image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    }

    private static String sha256(BufferedImage image) {
        int[] pixels = pixels(image);
        byte[] bytes = new byte[pixels.length * 3];
        for (int i = 0; i < pixels.length; i++) {
            bytes[3 * i] = (byte) (pixels[i] >> 16);
            bytes[3 * i + 1] = (byte) (pixels[i] >> 8);
            bytes[3 * i + 2] = (byte) pixels[i];
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
