package org.atelier.it.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.atelier.it.harness.FolderHashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with a queue is killed, {@code kill -9}, at points that are spread over its run, and the next one resumes: every
 * set that was accepted ends as if nothing had happened. {@code -Datelier.kills=50} kills so often, {@code
 * -Datelier.kills.seed=N} elsewhere.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class KilledQueueIT {

    private static final int KILLS = Integer.getInteger("atelier.kills", 2);
    private static final int LONGEST_MOMENT_MILLISECONDS = 40;
    private static final List<String> SEEDS = List.of("1", "2", "3");

    private final Random random = new Random(Long.getLong("atelier.kills.seed", 4));

    @TempDir
    private Path folder;

    @Test
    void noSetIsLostAndEachHasTheSameBytes() throws Exception {
        Path undisturbed = home("undisturbed");
        List<String> life = live(undisturbed, Integer.MAX_VALUE);
        Map<String, String> expected = sums(undisturbed);
        assertEquals(SEEDS.size() * 4, expected.size(), expected.toString());

        int quarantined = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path home = home("killed-" + kill);
            int at = (int) ((kill + random.nextDouble()) * life.size() / KILLS);
            List<String> results = new ArrayList<>(live(home, at));
            assertNothingIsPartial(expected, home, at);
            for (int more = random.nextInt(3); more > 0; more--) {
                results.addAll(live(home, random.nextInt(life.size())));
                assertNothingIsPartial(expected, home, at);
            }

            List<String> last = live(home, Integer.MAX_VALUE);

            assertTrue(names(last, "found").containsAll(names(results, "accepted")), results + " then " + last);
            assertEquals(expected, sums(home), "killed after line " + at + ": " + results + " then " + last);
            quarantined += names(last, "quarantined").isEmpty() ? 0 : 1;
        }
        System.out.printf(
                "Killed at %d points of %d lines; %d times a set was quarantined and resumed; all are the same.%n",
                KILLS, life.size(), quarantined);
    }

    private Path home(String name) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.createDirectory(home.resolve("temporary"));
        Files.createSymbolicLink(
                home.resolve("models"),
                Path.of("../../distribution/models").toAbsolutePath().normalize());
        return home;
    }

    /**
     * One life of the process.
     *
     * @param lines after which it is killed, a random moment later
     * @return the lines that it told
     */
    private List<String> live(Path home, int lines) throws Exception {
        Process process = begin(home);
        List<String> results = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines == 0 ? null : reader.readLine();
            while (line != null) {
                results.add(line);
                line = results.size() < lines ? reader.readLine() : null;
            }
            boolean ends = lines == Integer.MAX_VALUE;
            if (!ends) {
                process.waitFor(random.nextInt(LONGEST_MOMENT_MILLISECONDS), TimeUnit.MILLISECONDS);
                process.destroyForcibly();
            }
            int exitCode = process.waitFor();
            assertTrue(!ends || exitCode == 0, results.toString());
        }
        return results;
    }

    private static Process begin(Path home) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + home.resolve("temporary"),
                "-Dsets=" + home.resolve("sets"),
                "-Dseeds=" + String.join(",", SEEDS)));
        for (String same : List.of(
                "ai.djl.offline",
                "ai.djl.default_engine",
                "OPT_OUT_TRACKING",
                "RUST_FLAVOR",
                "DJL_CACHE_DIR",
                "java.awt.headless")) {
            command.add("-D%s=%s".formatted(same, System.getProperty(same)));
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), QueueProcess.class.getName(), home.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What a file of a set is called is what it will be, or it is not called so yet. */
    private static void assertNothingIsPartial(Map<String, String> expected, Path home, int at) throws Exception {
        for (Map.Entry<String, String> file : sums(home).entrySet()) {
            assertEquals(expected.get(file.getKey()), file.getValue(), file.getKey() + ", killed after line " + at);
        }
    }

    /** The finished files of all sets, with their SHA-256. */
    private static Map<String, String> sums(Path home) throws IOException {
        return FolderHashes.of(home.resolve("sets"), KilledQueueIT::isOfASet);
    }

    private static boolean isOfASet(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".png") || name.equals("set.json");
    }

    private static Set<String> names(List<String> results, String what) {
        Set<String> names = new TreeSet<>();
        results.stream()
                .filter(line -> line.startsWith(what + " "))
                .forEach(line -> names.add(line.substring(what.length() + 1)));
        return names;
    }
}
