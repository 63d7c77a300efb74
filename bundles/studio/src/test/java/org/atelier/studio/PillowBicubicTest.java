package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PillowBicubicTest {

    private static final Path FIXTURES = Path.of("../../src-it/reference/fixtures/resize");

    @ParameterizedTest
    @MethodSource("cases")
    void givesPillowsBytes(String from, String to, int width, int height) throws IOException {
        BufferedImage resized = PillowBicubic.resize(picture(from), width, height);

        BufferedImage expected = picture(to);
        assertEquals(expected.getWidth(), resized.getWidth());
        assertEquals(expected.getHeight(), resized.getHeight());
        assertArrayEquals(pixels(expected), pixels(resized));
    }

    static List<Arguments> cases() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        String json = Files.readString(FIXTURES.resolve("resize.json"));
        for (JsonElement element :
                JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("cases")) {
            JsonObject each = element.getAsJsonObject();
            cases.add(Arguments.of(
                    each.get("from").getAsString(),
                    each.get("to").getAsString(),
                    each.get("width").getAsInt(),
                    each.get("height").getAsInt()));
        }
        return cases;
    }

    private static BufferedImage picture(String name) throws IOException {
        return ImageIO.read(FIXTURES.resolve(name).toFile());
    }

    private static int[] pixels(BufferedImage picture) {
        int width = picture.getWidth();
        return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
    }
}
