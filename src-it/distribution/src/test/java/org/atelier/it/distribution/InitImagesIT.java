package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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

/** Images that start from a picture. */
@Timeout(240)
@ExtendWith(SharedServer.class)
class InitImagesIT {

    private static final int SIDE = 64;

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    @BeforeEach
    void drawPictures() throws IOException {
        write("sketch.png", new Color(230, 200, 90), new Color(90, 60, 160));
        write("mask.png", Color.BLACK, Color.WHITE);
    }

    /** A square on a background. */
    private void write(String name, Color background, Color square) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(background);
        pen.fillRect(0, 0, SIDE, SIDE);
        pen.setColor(square);
        pen.fillRect(20, 20, 24, 24);
        pen.dispose();
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }

    @Test
    void repaintsTheMaskAndGeneratesTheSameAgain(SetServer server) throws Exception {
        Run run = succeed(
                "generate",
                "a house",
                "a boat",
                "--style",
                "pop art",
                "--init-image",
                "sketch.png",
                "--mask",
                "mask.png",
                "--denoise",
                "0.7",
                "--size",
                "64x64",
                "--steps",
                "4",
                "--seed",
                "3",
                "--out",
                "first");
        assertTrue(run.err().contains("The images start from sketch.png with denoise 0.7: 2 of 4 steps."), run.err());
        server.generateAgain(folder.resolve("second"), folder.resolve("first/set.json"));

        for (String name : List.of("000.png", "001.png", "set.json")) {
            assertArrayEquals(bytes("first/" + name), bytes("second/" + name), name);
        }
        BufferedImage sketch = image("sketch.png");
        BufferedImage mask = image("mask.png");
        BufferedImage painted = image("first/001.png");
        int changed = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            boolean same = sketch.getRGB(i % SIDE, i / SIDE) == painted.getRGB(i % SIDE, i / SIDE);
            boolean masked = (mask.getRGB(i % SIDE, i / SIDE) & 0xFF) == 255;
            assertTrue(same || masked, "pixel " + i + " is kept");
            changed += same ? 0 : 1;
        }
        assertTrue(changed > 24 * 24 / 2, changed + " pixels changed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "masks: [FOLDER/mask.png] | A mask needs the picture that it masks; give ",
                "init_images: [FOLDER/sketch.png]; denoise: 0.01 | A denoise of 0.01 leaves none of the 50 steps;",
                "init_images: [FOLDER/sketch.png]; denoise: 2 | The denoise must be above 0 and at most 1, not 2.0.",
                "init_images: [FOLDER/absent.png] | absent.png: ",
            })
    void reportsFaultsInOneLine(String fields, String fault, SetServer server) throws Exception {
        server.assertRefused(
                folder.resolve("set"),
                "items: [a castle, a boat]\n"
                        + fields.replace("FOLDER", folder.toString()).replace("; ", "\n"),
                fault);
    }

    @Test
    void reportsMasksThatAreTooMany() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("generate", "a castle", "a boat", "--out", "set"));
        arguments.addAll(List.of("--init-image", "sketch.png"));
        arguments.addAll(Collections.nCopies(3, "--mask=mask.png"));

        Run run = distribution.begin(folder, arguments.toArray(String[]::new));

        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains("There are 3 --mask for 2 images;"), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertFalse(Files.exists(folder.resolve("set")));
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
}
