package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.atelier.it.harness.FolderHashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server is killed, {@code kill -9}, at points that are spread over the life of its sets, and the next one in the same data
 * folder resumes, and is killed in turn: every accepted set ends as without the kill. {@code -Datelier.kills=50} kills so often,
 * {@code -Datelier.kills.seed=N} elsewhere.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KilledServerIT {

    private static final int KILLS = Integer.getInteger("atelier.kills", 2);
    private static final int SETS = 2;
    private static final String DATA = "data";
    private static final int LONGEST_MOMENT_MILLISECONDS = 60;

    private final Random random = new Random(Long.getLong("atelier.kills.seed", 7));
    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    @Test
    void noAcceptedSetIsLostAndEachHasTheSameBytes() throws Exception {
        List<Map<String, String>> expected = new ArrayList<>();
        int changes;
        RunningServer server = start();
        try {
            List<String> undisturbed = submitAll(server);
            changes = followUntil(server, undisturbed.get(SETS - 1), Integer.MAX_VALUE);
            for (String id : undisturbed) {
                expected.add(sums(set(id)));
            }
            assertEquals(4, expected.get(0).size(), expected.toString());

            for (int kill = 0; kill < KILLS; kill++) {
                int at = (int) ((kill + random.nextDouble()) * changes / KILLS);
                List<String> ids = submitAll(server);
                followUntil(server, ids.get(SETS - 1), at);
                Process process = server.run().process();
                process.waitFor(random.nextInt(LONGEST_MOMENT_MILLISECONDS), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
                if (kill == 0) {
                    assertNobodyServes();
                }
                for (int set = 0; set < SETS; set++) {
                    Map<String, String> whole = expected.get(set);
                    sums(set(ids.get(set)))
                            .forEach((file, sum) -> assertEquals(whole.get(file), sum, file + " is not whole"));
                }
                server = start();
                for (int set = 0; set < SETS; set++) {
                    server.follow(ids.get(set), RunningServer::isComplete);
                    assertEquals(
                            expected.get(set),
                            sums(set(ids.get(set))),
                            "killed at change %d of %d".formatted(at, changes));
                }
            }
        } finally {
            server.close();
        }
        System.out.printf("A server killed at %d points of %d changes: all sets are the same.%n", KILLS, changes);
    }

    /** A killed server tidies nothing up, and a command that finds none says how to start one. */
    private void assertNobodyServes() throws Exception {
        Path data = folder.resolve(DATA);
        assertTrue(Files.exists(data.resolve("server.json")));
        Run nobody = distribution.begin(folder.resolve("nobody"), "jobs", "list", "--data", data.toString());
        assertEquals(6, nobody.exitCode());
        assertTrue(nobody.err().contains("atelier serve"), nobody.err());
    }

    private RunningServer start() throws Exception {
        return RunningServer.start(distribution, folder.resolve("calls"), folder.resolve(DATA));
    }

    private static List<String> submitAll(RunningServer server) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int set = 0; set < SETS; set++) {
            HttpResponse<String> answer = server.post(
                    "/sets", "items: [a house, a fish]\nseed: %d\nsteps: 8\nwidth: 64\nheight: 64\n".formatted(set));
            assertEquals(202, answer.statusCode(), answer.body());
            ids.add(JsonParser.parseString(answer.body())
                    .getAsJsonObject()
                    .get("id")
                    .getAsString());
        }
        return ids;
    }

    /** Follows a job through so many changes, or until it is complete. @return how many there were */
    private static int followUntil(RunningServer server, String id, int changes) throws Exception {
        AtomicInteger seen = new AtomicInteger();
        server.follow(id, job -> seen.getAndIncrement() >= changes || RunningServer.isComplete(job));
        assertTrue(seen.get() > 0, "no event arrived");
        return seen.get();
    }

    private Path set(String id) {
        return folder.resolve(DATA).resolve("sets").resolve(id);
    }

    /** The finished files of a set, with their SHA-256. */
    private static Map<String, String> sums(Path set) throws IOException {
        return FolderHashes.of(set, KilledServerIT::isFinished);
    }

    private static boolean isFinished(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".png") || name.equals("set.json");
    }
}
