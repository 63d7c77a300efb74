package org.atelier.pictures;

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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every format against the pixels of libwebp, libjpeg-turbo and libpng in Pillow. */
class DecodingTest {

    private static final Path FIXTURES = Path.of("../../src-it/reference/fixtures/decoding");

    /** The tolerance in levels: WebP and JPEG are identical, and 16-bit levels are rounded instead of truncated. */
    private static int tolerance(String kind) {
        return kind.equals("png") ? 1 : 0;
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("files")
    void decodesAsTheReferenceDoes(String kind, String name, BufferedImage expected) {
        BufferedImage image =
                SourceImage.open(FIXTURES.resolve(kind).resolve(name)).upright();

        assertEquals(
                List.of(expected.getWidth(), expected.getHeight()), List.of(image.getWidth(), image.getHeight()), name);
        int distance = distance(expected, image);
        assertTrue(distance <= tolerance(kind), name + " is " + distance + " levels away");
    }

    /** A truncated file is rejected instead of filling the rest of the image. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "webp/lossy-q50.webp",
                "webp/lossless-m3.webp",
                "webp/alpha-q40.webp",
                "webp/animated-lossy.webp",
                "webp/animated-offset.webp",
                "jpeg/baseline-420-q75.jpg",
                "jpeg/progressive-444.jpg",
                "jpeg/cmyk-adobe.jpg",
                "png/rgb-8.png",
                "png/palette-4-interlaced.png"
            })
    void rejectsATruncatedFile(String name) throws IOException {
        byte[] whole = Files.readAllBytes(FIXTURES.resolve(name));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length / 2));

        AtelierException fault =
                assertThrows(AtelierException.class, () -> SourceImage.open(cut).upright());
        assertEquals(Code.INPUT_UNREADABLE, fault.code());
        assertTrue(fault.getMessage().matches(".*/cut: a damaged (WEBP|JPEG|PNG) image\\."), fault.getMessage());
    }

    private static Stream<Arguments> files() throws IOException {
        Stream.Builder<Arguments> files = Stream.builder();
        for (String kind : List.of("webp", "jpeg", "png")) {
            BufferedImage sheet = ImageIO.read(FIXTURES.resolve(kind + ".png").toFile());
            int top = 0;
            for (JsonElement fact : JsonParser.parseString(Files.readString(FIXTURES.resolve(kind + ".json")))
                    .getAsJsonArray()) {
                JsonObject image = fact.getAsJsonObject();
                int height = image.get("height").getAsInt();
                BufferedImage expected =
                        sheet.getSubimage(0, top, image.get("width").getAsInt(), height);
                files.add(Arguments.of(kind, image.get("file").getAsString(), expected));
                top += height;
            }
        }
        return files.build();
    }

    private static int distance(BufferedImage one, BufferedImage other) {
        int furthest = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    int difference = (one.getRGB(x, y) >> shift & 0xFF) - (other.getRGB(x, y) >> shift & 0xFF);
                    furthest = Math.max(furthest, Math.abs(difference));
                }
            }
        }
        return furthest;
    }
}
