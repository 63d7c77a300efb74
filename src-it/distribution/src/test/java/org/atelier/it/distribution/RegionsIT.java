package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images whose parts have prompts of their own. */
@Timeout(240)
@ExtendWith(SharedServer.class)
class RegionsIT {

    private static final String REQUEST = """
            items: [a castle, a tree]
            style: pop art
            width: 160
            height: 128
            panorama: true
            steps: 3
            seed: 3
            regions:
              - {prompt: a boat, mask: %sright.png}
            """;

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    @BeforeEach
    void drawMasks() throws IOException {
        mask("right.png", 80);
        mask("black.png", 160);
        Files.writeString(folder.resolve("text.png"), "no image");
    }

    /** A mask that is white from a column on. */
    private void mask(String name, int white) throws IOException {
        BufferedImage image = new BufferedImage(160, 128, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 160 * 128; i++) {
            image.getRaster().setSample(i % 160, i / 160, 0, i % 160 < white ? 0 : 255);
        }
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }

    @Test
    void generatesRegionsAndTheSameAgain(SetServer server) throws Exception {
        Files.writeString(folder.resolve("set.yaml"), REQUEST.formatted(""));
        succeed("generate", "--request", "set.yaml", "--out", "first");
        String request = REQUEST.formatted(folder + "/");
        server.generate(folder.resolve("second"), request + "chunk: 1\n");
        server.generateAgain(folder.resolve("third"), folder.resolve("first/set.json"));
        server.generate(folder.resolve("plain"), request.substring(0, request.indexOf("regions:")));

        JsonObject record = JsonParser.parseString(Files.readString(folder.resolve("first/set.json")))
                .getAsJsonObject();
        JsonObject region = record.getAsJsonObject("request")
                .getAsJsonArray("regions")
                .get(0)
                .getAsJsonObject();
        assertEquals(
                64, region.getAsJsonObject("mask").get("sha256").getAsString().length());
        for (String name : List.of("000.png", "001.png", "set.json")) {
            assertArrayEquals(bytes("first/" + name), bytes("third/" + name), name);
        }
        BufferedImage first = image("first/001.png");
        assertTrue(difference(first, image("second/001.png")) <= 1, "the image depends on its chunk");
        assertTrue(difference(first, image("plain/001.png")) > 20, "the region changes nothing");
        assertArrayEquals(pixels(image("first/000.png")), pixels(image("plain/000.png")), "the reference");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{prompt: a boat, mask: FOLDER/black.png} | black.png: The mask selects nothing of image 1:",
                "{prompt: a boat, mask: FOLDER/absent.png} | absent.png: no such file",
                "{prompt: a boat, mask: FOLDER/text.png} | text.png: not a PNG, JPEG or WebP image.",
                "{mask: FOLDER/right.png} | $.regions[0]: a region needs a prompt and a mask",
                "{prompt: '', mask: FOLDER/right.png} | Region 1 has no prompt; say what it shows.",
                "{prompt: a boat, mask: FOLDER/right.png, image: 0} | Image 0 is the style reference of the others",
                "{prompt: a boat, mask: FOLDER/right.png, image: 7} | Region 1 is in image 7, but the images with prompts"
                        + " are 0 to 1.",
            })
    void reportsFaultsInOneLine(String region, String fault, SetServer server) throws Exception {
        server.assertRefused(
                folder.resolve("set"),
                "items: [a castle, a tree]\nregions:\n  - " + region.replace("FOLDER", folder.toString()) + "\n",
                fault);
    }

    private Run succeed(String... arguments) throws Exception {
        Run run = distribution.begin(folder, arguments);
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    private BufferedImage image(String name) throws IOException {
        return ImageIO.read(folder.resolve(name).toFile());
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    }

    /** The largest difference of two levels. */
    private static int difference(BufferedImage one, BufferedImage other) {
        int[] first = pixels(one);
        int[] second = pixels(other);
        int largest = 0;
        for (int i = 0; i < first.length; i++) {
            largest = Math.max(largest, Math.abs(first[i] - second[i]));
        }
        return largest;
    }
}
