package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A set whose hand is kept in a card, and later sets in that hand: with the same prompt they have the same image. */
@Timeout(300)
@ExtendWith(SharedServer.class)
class StyleCardIT {

    private static final Path FIXTURES =
            Path.of("../reference/fixtures").toAbsolutePath().normalize();

    /** Images that pass the network in other company differ by rounding. */
    private static final int LEVELS = 1;

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    @Test
    void generatesAPromptAgainAsTheFirstSetHadIt(SetServer server) throws Exception {
        server.generate(
                folder.resolve("first"),
                folder.resolve("pop.style"),
                "items: [a fish, a cup, a house]\nstyle: pop art\nsteps: 3\nwidth: 64\nheight: 64");

        Run run = succeed("generate a+boat a+house a+cup --style-card pop.style --chunk 1 --out later");

        assertEquals(
                List.of("000.png", "001.png", "002.png", "003.png", "contact-sheet.png", "set.json"),
                names("later"),
                run.err());
        assertNear("first/000.png", "later/000.png");
        assertNear("first/002.png", "later/002.png");
        assertNear("first/001.png", "later/003.png");
        String record = Files.readString(folder.resolve("later/set.json"));
        assertTrue(record.contains("\"a boat, pop art\"") && record.contains("pop.style\""), record);
    }

    @Test
    void generatesTheSamePixelsInTheSameChunksAndTellsOfTheCard(SetServer server) throws Exception {
        server.generate(
                folder.resolve("first"),
                folder.resolve("pop.style"),
                "items: [a fish, a cup]\nstyle: pop art\nseed: 5\nsteps: 3\nchunk: 1\nwidth: 64\nheight: 64");
        generateFrom(server, "pop.style", "later", "items: [a boat, a cup]\nchunk: 1");

        assertArrayEquals(pixels("first/000.png"), pixels("later/000.png"));
        assertArrayEquals(pixels("first/001.png"), pixels("later/002.png"));
        String output = succeed("inspect pop.style").out();
        for (String expected : List.of("sketchbook", "pop art", "a fish", "a cup", "64 x 64", "shared", "5")) {
            assertTrue(output.contains(expected), output);
        }
    }

    @Test
    void keepsTheStyleOfAnImageWithoutTheImage(SetServer server) throws Exception {
        Path tile = Files.copy(FIXTURES.resolve("sketchbook-reference/reference.png"), folder.resolve("tile.png"));
        server.generate(folder.resolve("first"), folder.resolve("tile.style"), """
                items: [a fish, a cup]
                references: [{file: '%s', prompt: a lighthouse}]
                steps: 3
                chunk: 1
                width: 64
                height: 64
                """.formatted(tile));
        Files.delete(tile);

        generateFrom(server, "tile.style", "later", "items: [a boat, a cup]\nchunk: 1");
        succeed("generate --request later/set.json --out again");

        assertEquals(List.of("000.png", "001.png", "002.png", "contact-sheet.png", "set.json"), names("later"));
        assertArrayEquals(pixels("first/000.png"), pixels("later/000.png"));
        assertArrayEquals(pixels("first/002.png"), pixels("later/002.png"));
        for (String name : names("later")) {
            assertArrayEquals(bytes("later/" + name), bytes("again/" + name), name);
        }
        assertTrue(succeed("inspect later/000.png").out().contains("the reference as the model reconstructs it"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "references: [{file: 'TILE', prompt: a lighthouse}]"})
    void keepsTheStyleOfASetAfterwards(String references, SetServer server) throws Exception {
        String tile = FIXTURES.resolve("sketchbook-reference/reference.png").toString();
        server.generate(
                folder.resolve("first"),
                "items: [a fish, {prompt: a cup, seed: 7}]\nstyle: pop art\nsteps: 3\nchunk: 1\nseed: 5\n"
                        + "width: 64\nheight: 64\n"
                        + references.replace("TILE", tile));
        Path card = server.keepStyle(folder.resolve("first"), references.isEmpty() ? "afterwards" : "afterwards-tile");

        server.generate(
                folder.resolve("later"),
                "items: [{prompt: a cup, seed: 7}]\nchunk: 1\ncard: {file: '%s'}".formatted(card));
        String cup = references.isEmpty() ? "001.png" : "002.png";
        assertArrayEquals(pixels("first/000.png"), pixels("later/000.png"));
        assertArrayEquals(pixels("first/" + cup), pixels("later/001.png"));
    }

    @Test
    void keepsReferencesApart(SetServer server) throws Exception {
        server.generate(folder.resolve("first"), folder.resolve("two.style"), """
                items: [a fish]
                references:
                - {file: '%s', prompt: a lighthouse, weight: 3}
                - {file: '%s', prompt: a house, weight: 1}
                blend: apart
                steps: 2
                width: 64
                height: 64
                """.formatted(
                FIXTURES.resolve("sketchbook-reference/reference.png"), FIXTURES.resolve("pictures/second.png")));
        generateFrom(server, "two.style", "later", "items: [a fish]");

        assertEquals(List.of("000-a.png", "000-b.png", "001.png", "contact-sheet.png", "set.json"), names("later"));
        assertNear("first/000-b.png", "later/000-b.png");
        assertNear("first/001.png", "later/001.png");
    }

    @Test
    void refusesInOneLineAndWritesNothing(SetServer server) throws Exception {
        server.generate(
                folder.resolve("first"),
                folder.resolve("pop.style"),
                "items: [a fish]\nsteps: 2\nwidth: 64\nheight: 64");
        Path model = folder.resolve("tuned");
        copy(distribution.home().resolve("models/sketchbook"), model);
        Path weights = model.resolve("unet/diffusion_pytorch_model.safetensors");
        byte[] tuned = Files.readAllBytes(weights);
        for (int i = tuned.length / 2; i < tuned.length; i += 2) {
            tuned[i] ^= 1;
        }
        Files.write(weights, tuned);
        byte[] whole = Files.readAllBytes(folder.resolve("pop.style"));
        Files.write(folder.resolve("cut.style"), Arrays.copyOf(whole, whole.length / 2));

        server.assertRefused(
                folder.resolve("set"),
                "items: [a boat]\ncard: {file: '%s'}".formatted(folder.resolve("cut.style")),
                "damaged or truncated");
        server.assertRefused(
                folder.resolve("set"),
                "items: [a boat]\ncard: {file: '%s'}\nmodel: '%s'".formatted(folder.resolve("pop.style"), model),
                "is another model or version; give the folder of the card's model");
        assertRefused(4, "pop.style already exists", "--save-style pop.style");
    }

    private void generateFrom(SetServer server, String card, String out, String request) throws Exception {
        server.generate(folder.resolve(out), "card: {file: '%s'}\n%s\n".formatted(folder.resolve(card), request));
    }

    private void assertRefused(int exitCode, String expected, String options) throws Exception {
        Run run = distribution.begin(folder, ("generate boat --out set " + options).split(" "));
        assertEquals(exitCode, run.exitCode(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("atelier: ") && run.err().contains(expected), run.err());
        assertTrue(Files.notExists(folder.resolve("set")));
    }

    /** A plus sign stands for a space within an argument. */
    private Run succeed(String commandLine) throws Exception {
        List<String> arguments = new ArrayList<>();
        for (String word : commandLine.split(" ")) {
            arguments.add(word.replace('+', ' '));
        }
        Run run = distribution.begin(folder, arguments.toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private void assertNear(String wanted, String found) throws IOException {
        int[] wantedLevels = pixels(wanted);
        int[] foundLevels = pixels(found);
        assertEquals(wantedLevels.length, foundLevels.length);
        int furthest = 0;
        for (int i = 0; i < wantedLevels.length; i++) {
            furthest = Math.max(furthest, Math.abs(wantedLevels[i] - foundLevels[i]));
        }
        assertTrue(furthest <= LEVELS, found + " is " + furthest + " levels of 255 from " + wanted);
    }

    private int[] pixels(String name) throws IOException {
        Raster raster = ImageIO.read(folder.resolve(name).toFile()).getRaster();
        return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
    }

    private List<String> names(String set) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(set))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
