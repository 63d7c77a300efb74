package org.atelier.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullingProcessesTest {

    private static final long TIMEOUT_SECONDS = 60;
    private static final int HALF = 400_000;

    @TempDir
    private Path folder;

    private final LocalHub hub = new LocalHub();
    private final byte[] graph = new byte[2 * HALF];
    private Path model;

    @BeforeEach
    void fillTheHub() {
        new Random(7).nextBytes(graph);
        hub.small("config.json", "{}").large("model.onnx", graph);
        model = folder.resolve("models--org--toy");
    }

    @AfterEach
    void closeTheHub() {
        hub.close();
    }

    @Test
    void twoConcurrentPullsDownloadEachFileOnce() throws Exception {
        CountDownLatch bothAreThere = new CountDownLatch(2);
        hub.interceptor((exchange, atStore) -> {
            if (exchange.getRequestURI().getPath().contains("/revision/")) {
                bothAreThere.countDown();
            } else if (atStore) {
                await(bothAreThere);
            }
            return false;
        });
        Process one = pull();
        Process other = pull();

        assertEquals(0, exitCode(one));
        assertEquals(0, exitCode(other));
        assertEquals(1, hub.atStore().size());
        assertComplete();
    }

    @Test
    void resumesADownloadOfAKilledProcess() throws Exception {
        CountDownLatch halfIsSent = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        hub.interceptor((exchange, atStore) -> {
            if (!atStore || halfIsSent.getCount() == 0) {
                return false;
            }
            exchange.sendResponseHeaders(200, graph.length);
            exchange.getResponseBody().write(graph, 0, HALF);
            exchange.getResponseBody().flush();
            halfIsSent.countDown();
            await(killed);
            return true;
        });
        Process first = pull();
        await(halfIsSent);
        Path part = model.resolve("blobs").resolve(LocalHub.sha256(graph) + ".incomplete");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!(Files.exists(part) && Files.size(part) == HALF) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        first.destroyForcibly().waitFor();
        killed.countDown();

        hub.clearRequests();
        assertEquals(0, exitCode(pull()));
        assertEquals("bytes=" + HALF + "-", hub.atStore().get(0).range());
        assertComplete();
    }

    private Process pull() throws IOException {
        return PullingProcess.start(
                folder,
                Map.of("HF_ENDPOINT", hub.endpoint(), "HF_HUB_CACHE", folder.toString(), "HF_HUB_OFFLINE", "0"));
    }

    private void assertComplete() throws IOException {
        assertArrayEquals(
                graph,
                Files.readAllBytes(
                        model.resolve("snapshots").resolve(LocalHub.COMMIT).resolve("model.onnx")));
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS), "it ends");
        return process.exitValue();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new UncheckedIOException(new IOException("nobody came"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
