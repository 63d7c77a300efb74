package org.atelier.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.json.Settings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Images as transformers' processors of CLIP and DPT make them. */
class ImageProcessorTest {

    private static final Path FIXTURES = Path.of(System.getProperty("atelier.fixtures"));

    @TempDir
    private Path folder;

    private ImageProcessor processor(String settings) throws IOException {
        Path file = Files.writeString(folder.resolve("preprocessor_config.json"), settings);
        return ImageProcessor.of(Settings.read(file));
    }

    @TestFactory
    List<DynamicTest> everyImageIsAsTransformersMakesIt() throws IOException {
        JsonObject cases = JsonParser.parseString(Files.readString(FIXTURES.resolve("processors/processors.json")))
                .getAsJsonObject();
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonElement> each : cases.entrySet()) {
            JsonObject settings = each.getValue().getAsJsonObject().getAsJsonObject("settings");
            for (JsonElement number : each.getValue().getAsJsonObject().getAsJsonArray("pictures")) {
                String image = "%02d.png".formatted(number.getAsInt());
                tests.add(DynamicTest.dynamicTest(
                        each.getKey() + "-" + image, () -> assertSame(each.getKey() + "-" + image, image, settings)));
            }
        }
        assertTrue(tests.size() > 10);
        return tests;
    }

    private void assertSame(String name, String image, JsonObject settings) throws IOException {
        BufferedImage given = opaque(FIXTURES.resolve("captions").resolve(image));
        BufferedImage wanted = opaque(FIXTURES.resolve("processors").resolve(name));
        int width = wanted.getWidth();
        int height = wanted.getHeight();
        float[] values = new float[3 * width * height];
        for (int i = 0; i < values.length; i++) {
            int channel = i / (width * height);
            int level = wanted.getRGB(i % width, i / width % height) >> (16 - 8 * channel) & 0xFF;
            values[i] =
                    (level / 255f - number(settings, "image_mean", channel)) / number(settings, "image_std", channel);
        }
        try (Tensor tensor = processor(settings.toString()).process(given)) {
            assertArrayEquals(new long[] {1, 3, height, width}, tensor.shape());
            assertArrayEquals(values, tensor.floats(), 1e-6f);
        }
    }

    private static float number(JsonObject settings, String key, int channel) {
        return settings.getAsJsonArray(key).get(channel).getAsFloat();
    }

    private static BufferedImage opaque(Path file) throws IOException {
        BufferedImage read = ImageIO.read(file.toFile());
        BufferedImage opaque = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
        opaque.createGraphics().drawImage(read, 0, 0, null);
        return opaque;
    }

    @Test
    void aVeryWideImageKeepsAnEdge() throws IOException {
        String settings = """
                {"do_normalize": false, "size": {"height": 32, "width": 32}, "keep_aspect_ratio": true, "ensure_multiple_of": 16}
                """;
        try (Tensor tensor = processor(settings).process(new BufferedImage(640, 20, BufferedImage.TYPE_INT_RGB))) {
            assertArrayEquals(new long[] {1, 3, 32, 1024}, tensor.shape());
        }
        try (Tensor tensor = processor(settings).process(new BufferedImage(48, 2, BufferedImage.TYPE_INT_RGB))) {
            assertArrayEquals(new long[] {1, 3, 16, 32}, tensor.shape());
        }
    }

    @Test
    void saysInOneLineWhichSettingIsWrong() {
        String normal = "\"image_mean\": [0.5, 0.5, 0.5], \"image_std\": [0.5, 0.5, 0.5]";
        Stream.of(
                        Map.entry("size", "{" + normal + "}"),
                        Map.entry("width", "{" + normal + ", \"size\": {\"height\": 8}}"),
                        Map.entry("shortest_edge", "{" + normal + ", \"size\": {\"shortest_edge\": 100000}}"),
                        Map.entry("ensure_multiple_of", "{" + normal + ", \"size\": 8, \"ensure_multiple_of\": 0}"),
                        Map.entry("size_divisor", "{" + normal + ", \"size\": 8, \"do_pad\": true}"),
                        Map.entry("crop_size", "{" + normal + ", \"size\": 8, \"do_center_crop\": true}"),
                        Map.entry("resample", "{" + normal + ", \"size\": 8, \"resample\": 6}"),
                        Map.entry("image_mean", "{\"size\": 8, \"image_mean\": 0.5, \"image_std\": [1, 1, 1]}"))
                .forEach(wrong -> {
                    AtelierException fault =
                            assertThrows(AtelierException.class, () -> processor(wrong.getValue()), wrong.getKey());
                    assertEquals(Code.MODEL_INVALID, fault.code());
                    assertTrue(fault.getMessage().contains(wrong.getKey()), fault.getMessage());
                    assertEquals(1, fault.getMessage().lines().count());
                });
    }
}
