package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.atelier.it.harness.FolderHashes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that generates is killed, {@code kill -9}, at points of its life that are spread over all changes of its folder,
 * and the set is gone on with. {@code -Datelier.kills=50 -Datelier.processes.timeout=7200} kills so often,
 * {@code -Datelier.kills.seed=N} elsewhere.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledSetIT {

    private static final int KILLS = Integer.getInteger("atelier.kills", 2);
    private static final long TIMEOUT_SECONDS = 180;
    private static final String STYLE_CARD = "card.style";

    private final Random random = new Random(Long.getLong("atelier.kills.seed", 6));

    private Path folder;
    private AssembledDistribution distribution;

    /** The distribution with a checkpoint after every step. */
    @BeforeAll
    void configure(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Path assembled = new AssembledDistribution().home();
        Path home = folder.resolve("atelier");
        Files.createDirectories(home.resolve("bin"));
        Files.copy(assembled.resolve("bin/atelier"), home.resolve("bin/atelier"));
        assertTrue(home.resolve("bin/atelier").toFile().setExecutable(true));
        for (String same : List.of("lib", "models", "bundle", "deploy")) {
            Files.createSymbolicLink(home.resolve(same), assembled.resolve(same));
        }
        Files.createDirectories(home.resolve("config"));
        try (Stream<Path> files = Files.list(assembled.resolve("config"))) {
            for (Path file : files.toList()) {
                Files.copy(file, home.resolve("config").resolve(file.getFileName()));
            }
        }
        Files.writeString(home.resolve("config/org.atelier.studio.cfg"), "checkpoint.seconds = 0\n");
        distribution = new AssembledDistribution(home);
    }

    @Test
    void aKilledSetWithoutReferencesHasTheSameBytes() throws Exception {
        killEverywhere(
                "own",
                List.of("a house", "a fish", "a cat", "a boat", "--sampler", "unipc", "--style", "stained glass"),
                KILLS - pictured());
    }

    @Test
    void aKilledSetWithReferenceAndControlHasTheSameBytes() throws Exception {
        Path image = Path.of(System.getProperty("atelier.fixtures"), "sketchbook-reference/reference.png");
        killEverywhere(
                "pictured",
                List.of(
                        "a fish",
                        "a cup",
                        "a cat",
                        "--sampler",
                        "dpm++2m",
                        "--reference",
                        image.toString(),
                        "--reference-prompt",
                        "a lighthouse",
                        "--control",
                        "canny=" + image),
                pictured());
    }

    /** A third of the kills, and at least one. */
    private static int pictured() {
        return Math.max(1, KILLS / 3);
    }

    private Run generate(Path place, List<String> generated) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("generate", "--out", "set", "--save-style", STYLE_CARD));
        arguments.addAll(List.of("--seed=3", "--size=64x64", "--steps=6", "--chunk=2"));
        arguments.addAll(generated);
        return distribution.begin(place, arguments.toArray(String[]::new));
    }

    private void killEverywhere(String name, List<String> generated, int kills) throws Exception {
        Path undisturbed = folder.resolve(name);
        Run run = generate(undisturbed, generated);
        int changes = changesUntil(run, undisturbed, Integer.MAX_VALUE);
        assertEquals(0, run.exitCode(), run.err());
        Map<String, String> expected = FolderHashes.of(undisturbed, KilledSetIT::isOfASet);
        assertTrue(expected.containsKey("set/set.json") && expected.containsKey(STYLE_CARD), expected.toString());

        int begun = 0;
        int twice = 0;
        for (int kill = 0; kill < kills; kill++) {
            Path place = folder.resolve(name + "-" + kill);
            int at = (int) ((kill + random.nextDouble()) * changes / kills);
            killAt(at, generate(place, generated), place, expected);
            boolean hasBegun = hasBegun(place);
            if (hasBegun && random.nextInt(3) == 0) {
                twice++;
                killAt(random.nextInt(changes - at + 1), resume(place), place, expected);
            }
            begun += hasBegun ? 1 : 0;
            Run last = hasBegun ? resume(place) : generate(place, generated);
            assertEquals(0, last.exitCode(), "killed at change " + at + ": " + last.err());
            assertEquals(
                    expected,
                    FolderHashes.of(place, KilledSetIT::isOfASet),
                    "killed at change " + at + " of " + changes);
        }
        System.out.printf(
                "%s: killed at %d points of %d changes; %d had begun, %d were killed again; all are the same.%n",
                name, kills, changes, begun, twice);
    }

    private Run resume(Path place) throws IOException {
        return distribution.begin(place, "generate", "--resume", "set");
    }

    /** Kills a process at a change of its folder, and sees that nothing there is partial. */
    private void killAt(int change, Run run, Path place, Map<String, String> expected) throws Exception {
        changesUntil(run, place, change);
        run.process().destroyForcibly();
        assertTrue(run.process().waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS));
        FolderHashes.of(place, KilledSetIT::isOfASet).forEach((file, sha256) -> {
            if (expected.containsKey(file)) {
                assertEquals(expected.get(file), sha256, file + " is not whole after change " + change);
            }
        });
    }

    /** Whether the journal has its first entry, or is done with. */
    private static boolean hasBegun(Path place) throws IOException {
        return Files.isRegularFile(place.resolve("set/set.json"))
                || (Files.isRegularFile(place.resolve("set/set.journal"))
                        && Files.readString(place.resolve("set/set.journal")).contains("\n"));
    }

    /** Watches a folder until it has changed so often, or the process has ended. @return how often it changed */
    private static int changesUntil(Run run, Path place, int most) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        int changes = 0;
        Set<String> last = Set.of();
        while (changes < most) {
            if (run.process().waitFor(1, TimeUnit.MILLISECONDS)) {
                return changes;
            }
            assertTrue(System.nanoTime() < deadline, "the command does not continue");
            Set<String> now = state(place);
            if (!now.equals(last)) {
                changes++;
                last = now;
            }
        }
        return changes;
    }

    /** Every file of a set and its card with its size and time. */
    private static Set<String> state(Path place) throws IOException {
        Set<String> state = new HashSet<>();
        for (Path file : files(place)) {
            try {
                state.add("%s %d %s".formatted(file, Files.size(file), Files.getLastModifiedTime(file)));
            } catch (NoSuchFileException e) {
                state.add(file + " is gone");
            }
        }
        return state;
    }

    private static List<Path> files(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .filter(KilledSetIT::isOfASet)
                    .toList();
        } catch (UncheckedIOException e) {
            return List.of(); // It went while it was listed.
        }
    }

    /** What a command printed is not. */
    private static boolean isOfASet(Path file) {
        return !file.toString().endsWith(".txt");
    }
}
