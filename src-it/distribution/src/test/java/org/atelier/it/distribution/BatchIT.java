package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.atelier.it.harness.FolderHashes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch that is killed or cancelled continues with the same command, and gives the same files. */
class BatchIT {

    private static final String CAMPAIGN = """
            base: {width: 64, height: 64, steps: 6, chunk: 1}
            matrix:
              styles: [pop art, stained glass]
              prompts:
                animals: [a fish, a cat]
              seeds: [1, 2]
            """;

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(folder.resolve("campaign.yaml"), CAMPAIGN);
    }

    private Run batch(String out) throws Exception {
        return distribution.begin(folder, "batch", "campaign.yaml", "--out", out);
    }

    @Test
    void continuesWhereItWasKilledAndWhereItWasCancelled() throws Exception {
        Run undisturbed = batch("undisturbed");
        assertEquals(0, undisturbed.exitCode(), undisturbed.err());
        assertTrue(undisturbed.err().contains("Set 3 of 4: stained-glass-animals-seed-1 ("), undisturbed.err());

        Run killed = batch("out");
        killed.awaitWhileRunning(() -> Files.exists(folder.resolve("out/pop-art-animals-seed-2/set.journal")));
        killed.process().destroyForcibly();
        assertTrue(killed.process().waitFor(60, TimeUnit.SECONDS));

        Run cancelled = batch("out");
        cancelled.awaitWhileRunning(() -> Files.exists(folder.resolve("out/stained-glass-animals-seed-1/set.journal")));
        cancelled.interrupt();
        assertEquals(130, cancelled.exitCode(), cancelled.err());
        assertTrue(cancelled.err().contains("1 of 4 sets are complete already."), cancelled.err());
        assertTrue(cancelled.err().contains("Repeat the command to continue."), cancelled.err());

        Run last = batch("out");
        assertEquals(0, last.exitCode(), last.err());
        assertTrue(last.err().contains("2 of 4 sets are complete already."), last.err());
        assertEquals(hashes("undisturbed"), hashes("out"));
        assertTrue(Files.notExists(folder.resolve("out/batch.lock")));
        assertTrue(last.out().endsWith(folder.resolve("out") + "\n"), last.out());
    }

    /** The journal records each start, so it tells how often the batch was interrupted. */
    private Map<String, String> hashes(String out) throws Exception {
        return FolderHashes.of(folder.resolve(out), file -> !file.endsWith("batch.journal"));
    }
}
