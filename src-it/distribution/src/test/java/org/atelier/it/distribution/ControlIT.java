package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes from an image, with the ControlNet that comes with Atelier. */
@Timeout(240)
@ExtendWith(SharedServer.class)
class ControlIT {

    private static final int SIDE = 128;

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    @BeforeEach
    void generateACastle() throws IOException {
        BufferedImage generation = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = generation.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, SIDE, SIDE);
        pen.setColor(Color.BLACK);
        pen.setStroke(new BasicStroke(3));
        pen.drawRect(30, 50, 68, 60);
        pen.drawRect(22, 30, 20, 80);
        pen.drawRect(86, 30, 20, 80);
        pen.drawRect(56, 80, 16, 30);
        pen.dispose();
        ImageIO.write(generation, "png", folder.resolve("drawing.png").toFile());
    }

    @Test
    void generatesTheSameAgainAndKeepsWhatTheNetworkSaw(SetServer server) throws Exception {
        Run run = succeed(
                "generate",
                "a castle",
                "a boat",
                "--control",
                "canny=drawing.png",
                "--control-scale",
                "0.8",
                "--control-option",
                "canny.low-threshold=50",
                "--steps",
                "3",
                "--seed",
                "4",
                "--out",
                "first");
        assertTrue(run.err().contains("sketchbook-canny, scale 0.8: image 1."), run.err());
        server.generateAgain(folder.resolve("second"), folder.resolve("first/set.json"));
        server.generate(folder.resolve("free"), """
                items: [a castle, a boat]
                controls: [{kind: canny, file: '%s', scale: 0, options: {low-threshold: 50}}]
                steps: 3
                seed: 4
                """.formatted(folder.resolve("drawing.png")));
        succeed(
                "preprocess",
                "canny",
                "drawing.png",
                "--size",
                "128x128",
                "--control-option",
                "canny.low-threshold=50",
                "--out",
                "edges.png");

        for (String name : List.of("000.png", "001.png", "control-canny.png", "contact-sheet.png", "set.json")) {
            assertArrayEquals(bytes("first/" + name), bytes("second/" + name), name);
        }
        assertArrayEquals(bytes("first/control-canny.png"), bytes("edges.png"));
        assertArrayEquals(pixels("first/000.png"), pixels("free/000.png"));
        assertTrue(!Arrays.equals(pixels("first/001.png"), pixels("free/001.png")), "the control changed nothing");
    }

    @Test
    void controlsEveryPromptBesideAReference(SetServer server) throws Exception {
        server.generate(folder.resolve("set"), """
                items: [a castle, a boat]
                references: [{file: '%1$s', prompt: a castle}]
                controls:
                - {kind: canny, file: '%1$s', scale: 0.8}
                - {kind: canny, file: '%1$s', scale: 0.4}
                steps: 2
                width: 64
                height: 64
                """.formatted(folder.resolve("drawing.png")));

        assertTrue(Files.exists(folder.resolve("set/002.png")));
        assertTrue(Files.exists(folder.resolve("set/control-canny-001.png")));
        assertTrue(Files.exists(folder.resolve("set/control-canny-002.png")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: canny, file: FOLDER/bomb.png      | bomb.png: 60000 x 60000 pixels are too many",
                "kind: smell, file: FOLDER/drawing.png   | There is no control 'smell'; available: canny,",
                "kind: picture, file: FOLDER/drawing.png | There is no default ControlNet for 'picture' with the model"
                        + " sketchbook",
            })
    void reportsFaultsInOneLine(String control, String fault, SetServer server) throws Exception {
        Files.write(folder.resolve("bomb.png"), bomb());

        server.assertRefused(
                folder.resolve("set"),
                "items: [a castle, a boat]\ncontrols: [{%s}]".formatted(control.replace("FOLDER", folder.toString())),
                fault);
    }

    @Test
    void refusesAModelThatIsNoControlNet() throws Exception {
        Run run = distribution.begin(
                folder,
                "generate",
                "a castle",
                "a boat",
                "--control",
                "canny=drawing.png",
                "--control-model",
                "sketchbook",
                "--out",
                "set");

        assertEquals(3, run.exitCode(), run.err());
        assertTrue(run.err().contains("not a ControlNet in diffusers' layout"), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(!Files.exists(folder.resolve("set")));
    }

    @Test
    void refusesAnImageThatHasChanged(SetServer server) throws Exception {
        String resolved = succeed("generate", "a castle", "a boat", "--control", "canny=drawing.png", "--dry-run")
                .out();
        ImageIO.write(
                new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("drawing.png").toFile());

        server.assertRefused(folder.resolve("set"), resolved, "drawing.png has changed since the request was resolved");
    }

    /** A PNG whose header alone promises gigabytes. */
    private static byte[] bomb() {
        ByteBuffer header = ByteBuffer.allocate(17);
        header.put("IHDR".getBytes(StandardCharsets.US_ASCII));
        header.putInt(60_000).putInt(60_000).put(new byte[] {8, 2, 0, 0, 0});
        CRC32 sum = new CRC32();
        sum.update(header.array());
        ByteBuffer file = ByteBuffer.allocate(8 + 4 + 17 + 4);
        file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        file.putInt(13).put(header.array()).putInt((int) sum.getValue());
        return file.array();
    }

    private Run succeed(String... arguments) throws Exception {
        Run run = distribution.begin(folder, arguments);
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    private int[] pixels(String name) throws IOException {
        return ImageIO.read(folder.resolve(name).toFile()).getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
    }
}
