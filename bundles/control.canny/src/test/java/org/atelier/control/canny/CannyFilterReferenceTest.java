package org.atelier.control.canny;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Edges against those that OpenCV's own Python package finds, to the pixel. */
class CannyFilterReferenceTest {

    private static final Path FIXTURES = Path.of(System.getProperty("atelier.fixtures"));

    private static BufferedImage image(String name) throws IOException {
        return ImageIO.read(FIXTURES.resolve("canny").resolve(name + ".png").toFile());
    }

    private static boolean[] lit(BufferedImage image) {
        boolean[] lit = new boolean[image.getWidth() * image.getHeight()];
        IntStream.range(0, lit.length)
                .forEach(i -> lit[i] = (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFF) > 0);
        return lit;
    }

    @TestFactory
    Stream<DynamicTest> everyImageHasTheEdgesThatOpenCvFinds() throws IOException {
        JsonObject cases = JsonParser.parseString(Files.readString(FIXTURES.resolve("canny.json")))
                .getAsJsonObject();
        long images = cases.entrySet().stream()
                .map(named -> named.getValue().getAsJsonObject().get("picture"))
                .distinct()
                .count();
        assertTrue(images >= 10, images + " images");
        return cases.entrySet().stream()
                .map(named -> DynamicTest.dynamicTest(
                        named.getKey(),
                        () -> assertSameEdges(named.getKey(), named.getValue().getAsJsonObject())));
    }

    private static void assertSameEdges(String name, JsonObject asked) throws IOException {
        CannyFilter filter = new CannyFilter(
                asked.get("low").getAsDouble(),
                asked.get("high").getAsDouble(),
                asked.get("aperture").getAsInt(),
                asked.get("euclid").getAsBoolean());
        BufferedImage found = filter.of(image(asked.get("picture").getAsString()));
        assertArrayEquals(lit(image(name)), lit(found));
    }

    @Test
    void onePixelHasNoEdge() {
        BufferedImage pixel = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        pixel.setRGB(0, 0, 0xFFFFFF);
        assertEquals(0, new CannyFilter(1, 2, 3, false).of(pixel).getRGB(0, 0) & 0xFFFFFF);
    }
}
