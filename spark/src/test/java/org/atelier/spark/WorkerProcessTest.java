package org.atelier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerProcessTest {

    @TempDir
    private Path folder;

    @Test
    void interruptedTaskDestroysItsProcess() throws Exception {
        Path marker = folder.resolve("hangs");
        ObjectNode command = generate();
        ((ObjectNode) command.get("request")).put("hang_at", 0).put("once", marker.toString());
        AtomicReference<WorkerProcess> worker = new AtomicReference<>();
        AtomicReference<Exception> thrown = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        Thread task = new Thread(() -> {
            try {
                worker.set(start(FakeDistribution.create(folder)));
                started.countDown();
                worker.get().run(command, () -> false);
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        task.start();
        assertTrue(started.await(30, TimeUnit.SECONDS));
        awaitFile(marker);

        task.interrupt();
        task.join(30_000);

        assertTrue(thrown.get() instanceof InterruptedException, String.valueOf(thrown.get()));
        assertFalse(worker.get().isAlive());
    }

    @Test
    void cancelledTaskDestroysItsProcess() throws Exception {
        Path marker = folder.resolve("hangs");
        ObjectNode command = generate();
        ((ObjectNode) command.get("request")).put("hang_at", 0).put("once", marker.toString());
        WorkerProcess worker = start(FakeDistribution.create(folder));

        assertThrows(InterruptedException.class, () -> worker.run(command, () -> Files.exists(marker)));

        assertFalse(worker.isAlive());
    }

    @Test
    void processServesSeveralCommandsAndEndsWithItsInput() throws Exception {
        WorkerProcess worker = start(FakeDistribution.create(folder));
        ObjectNode failing = generate();
        ((ObjectNode) failing.get("request")).put("fail_at", 0);

        WorkerErrorException fault = assertThrows(WorkerErrorException.class, () -> worker.run(failing, () -> false));
        assertEquals("out_of_memory", fault.code());
        assertEquals("result", worker.run(generate(), () -> false).path("event").asText());

        worker.close();
        assertFalse(worker.isAlive());
    }

    @Test
    void otherVersionsAndOtherOutputAreFaults() throws IOException {
        Path other =
                FakeDistribution.create(folder.resolve("other"), "echo '{\"event\":\"ready\",\"protocol\":2}'; cat");
        Path chatty = FakeDistribution.create(folder.resolve("chatty"), "echo Hello; cat");

        assertTrue(assertThrows(WorkerDiedException.class, () -> start(other))
                .getMessage()
                .startsWith("The worker process is of another version of Atelier"));
        assertEquals(
                "The worker process printed no event: Hello",
                assertThrows(WorkerDiedException.class, () -> start(chatty)).getMessage());
    }

    private static WorkerProcess start(Path home) throws IOException, InterruptedException {
        return WorkerProcess.start(new WorkerSettings(home.toString(), 1), () -> false);
    }

    private ObjectNode generate() {
        ObjectNode command = Json.object();
        command.put("command", "generate").put("folder", folder.resolve("slice").toString());
        command.putObject("request").put("images", 1).put("seed", 1);
        return command;
    }

    private static void awaitFile(Path file) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Files.exists(file) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertTrue(Files.exists(file), file + " is missing");
    }
}
