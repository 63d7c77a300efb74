package org.atelier.it.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The queue over the real studio, whose bundles stop and start under it. */
@Timeout(300)
class QueueBundleIT {

    private static TestFramework framework;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        Files.createSymbolicLink(
                home.resolve("models"),
                Path.of("../../distribution/models").toAbsolutePath().normalize());
        framework = TestFramework.start(home, QueueProcess.BUNDLES);
    }

    @AfterAll
    static void stop() {
        framework.close();
    }

    @Test
    void generatesSetsInTurnAndCancelsOne() throws Exception {
        assertEquals(
                List.of("CANCELLED within 1 pass", "COMPLETED 2 images", "resumed: COMPLETED 2 images, as undisturbed"),
                inside(OneIsCancelled.class));
    }

    @Test
    void resumesWhenItsBundleRestarts() throws Exception {
        assertEquals(
                List.of(
                        "before: RUNNING QUEUED CANCELLED",
                        "after: attempt 2, COMPLETED COMPLETED CANCELLED",
                        "as undisturbed"),
                inside(QueueRestarted.class));
    }

    @Test
    void resumesWhenTheStudioRestarts() throws Exception {
        assertEquals(
                List.of("without the studio there is no queue", "attempt 2, COMPLETED 2 images", "as undisturbed"),
                inside(StudioRestarted.class));
    }

    @Test
    void waitsForAPluginThatIsBeingReplaced() throws Exception {
        assertEquals(
                List.of(
                        "it went when the first set was COMPLETED",
                        "COMPLETED 2 images",
                        "COMPLETED 2 images",
                        "COMPLETED 2 images"),
                inside(PluginReplaced.class));
    }

    @Test
    void refusesAReplacedReferenceUntilItIsRestored() throws Exception {
        assertEquals(
                List.of(
                        "waits without copies",
                        "FAILED INPUT_UNREADABLE: wall.png has changed since the request was resolved; restore the old"
                                + " image, or give the new one with --reference.",
                        "no set",
                        "resumed: COMPLETED 2 images, as it was submitted"),
                inside(ReferenceReplaced.class));
    }

    private static List<String> inside(Class<? extends Callable<List<String>>> probe) throws Exception {
        return framework.inside(probe, Visitor.class);
    }
}
