package org.atelier.control.depth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.onnx.SharedOnnxModels;
import org.atelier.pictures.SourceImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Depth maps of images of every aspect, against transformers' DPT with google/style-aligned's way of generating them. */
class DepthControlTest {

    private static final Path FIXTURES = Path.of(System.getProperty("atelier.fixtures"));
    private static final Path TINY = FIXTURES.resolve("depth/tiny-dpt-hybrid");

    @TempDir
    private Path folder;

    private final SharedOnnxModels models = new SharedOnnxModels(new Models(), 1, Duration.ZERO);

    @AfterEach
    void stop() {
        models.stop();
    }

    private DepthControl control(Path model) {
        return new DepthControl(models, new Given(model.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "large, 00", "large, 01", "large, 02", "large, 04", "large, 07", "large, 11", "large, 14",
        "hybrid, 00", "hybrid, 01", "hybrid, 02", "hybrid, 04", "hybrid, 07", "hybrid, 11", "hybrid, 14"
    })
    void isThatOfTransformers(String kind, String number) throws IOException {
        assertNear(kind, number, control(FIXTURES.resolve("depth/tiny-dpt-" + kind)));
    }

    private static void assertNear(String kind, String number, DepthControl control) throws IOException {
        BufferedImage wanted = ImageIO.read(
                FIXTURES.resolve("depth/" + kind + "-" + number + ".png").toFile());
        int width = wanted.getWidth();
        int height = wanted.getHeight();

        BufferedImage prepared = control.prepare(image(number), width, height);
        control.close();

        assertEquals(width, prepared.getWidth());
        assertEquals(height, prepared.getHeight());
        IntStream.range(0, width * height).forEach(i -> {
            int rgb = prepared.getRGB(i % width, i / width);
            int level = rgb & 0xFF;
            assertEquals(level * 0x010101, rgb & 0xFFFFFF, "grey");
            assertEquals(wanted.getRaster().getSample(i % width, i / width, 0), level, 1, "place " + i);
        });
    }

    private static BufferedImage image(String number) {
        return SourceImage.open(FIXTURES.resolve("captions/" + number + ".png")).upright();
    }

    /** The graph is right about its size, whatever the settings beside it say. */
    @Test
    void aGraphOfOneSizeIsGivenThatSize() throws IOException {
        copyTiny(Files.readString(TINY.resolve("preprocessor_config.json")).replace("64", "80"));
        assertNear("hybrid", "01", control(folder));
    }

    private void copyTiny(String settings) throws IOException {
        Files.writeString(folder.resolve("preprocessor_config.json"), settings);
        Files.copy(TINY.resolve("onnx/model.onnx"), folder.resolve("model.onnx"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"preprocessor_config.json", "model.onnx"})
    void saysInOneLineWhatIsMissing(String file) throws IOException {
        copyTiny(Files.readString(TINY.resolve("preprocessor_config.json")));
        Files.delete(folder.resolve(file));
        assertInvalid(file);
    }

    @Test
    void saysInOneLineThatAModelIsNoDpt() throws IOException {
        copyTiny(Files.readString(TINY.resolve("preprocessor_config.json")));
        Files.delete(folder.resolve("model.onnx"));
        Files.copy(FIXTURES.resolve("graphs/halves.onnx"), folder.resolve("model.onnx"));
        assertInvalid("takes no pixel_values");
    }

    private void assertInvalid(String what) {
        DepthControl control = control(folder);
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        AtelierException fault = assertThrows(AtelierException.class, () -> control.prepare(image, 8, 8));
        assertEquals(Code.MODEL_INVALID, fault.code());
        assertTrue(fault.getMessage().contains(what), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
    }

    @Test
    void everythingEquallyFarIsBlack() {
        BufferedImage image =
                new DepthMap(new float[] {7, 7, 7, 7, 7, 7}, 3, 2).sized(5, 4).image();
        assertEquals(5, image.getWidth());
        IntStream.range(0, 20).forEach(i -> assertEquals(0, image.getRGB(i % 5, i / 5) & 0xFFFFFF));
    }
}
