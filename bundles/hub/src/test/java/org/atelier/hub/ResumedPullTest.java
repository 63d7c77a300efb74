package org.atelier.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.PullListener;
import org.atelier.api.model.PullRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Pulls that are interrupted or continue an earlier one. */
class ResumedPullTest {

    @TempDir
    private Path folder;

    private FilledHub filled;
    private LocalHub hub;
    private Path cache;

    @BeforeEach
    void fillTheHub() {
        filled = new FilledHub(folder);
        hub = filled.hub;
        cache = filled.cache;
    }

    @AfterEach
    void closeTheHub() {
        filled.close();
    }

    @Test
    void resumesAfterALostConnection() throws IOException {
        cutAt(300_000, 1);
        assertArrayEquals(
                FilledHub.GRAPH, Files.readAllBytes(filled.pull("org/toy").resolve("onnx/model.onnx")));

        String range = hub.atStore().get(1).range();
        assertTrue(range.matches("bytes=[1-9]\\d+-"), range);
        assertEquals(1, filled.sleep.pauses.size());
    }

    @Test
    void resumesACancelledPull() throws IOException {
        AtelierException fault = assertThrows(AtelierException.class, () -> filled.client()
                .pull(PullRequest.of("org/toy"), cancelAt("onnx/model.onnx", 100_000)));
        assertEquals(Code.CANCELLED, fault.code());
        Path part = cache.resolve("models--org--toy/blobs/" + FilledHub.GRAPH_HASH + ".incomplete");
        long kept = Files.size(part);
        assertTrue(kept >= 100_000 && kept < FilledHub.GRAPH.length, () -> "kept " + kept);
        assertFalse(Files.exists(cache.resolve("models--org--toy/refs/main")), "not yet found by its name");

        hub.clearRequests();
        assertArrayEquals(
                FilledHub.GRAPH, Files.readAllBytes(filled.pull("org/toy").resolve("onnx/model.onnx")));
        assertEquals("bytes=" + kept + "-", hub.atStore().get(0).range());
    }

    @Test
    void startsAgainIfTheServerDoesNotSupportRanges() throws IOException {
        leavePart(Arrays.copyOf(FilledHub.bytes(1), 1000));
        hub.ignoreRanges();
        assertArrayEquals(
                FilledHub.GRAPH, Files.readAllBytes(filled.pull("org/toy").resolve("onnx/model.onnx")));
    }

    @Test
    void discardsAPartialFileThatIsTooLong() throws IOException {
        leavePart(FilledHub.bytes(FilledHub.GRAPH.length + 1));
        assertArrayEquals(
                FilledHub.GRAPH, Files.readAllBytes(filled.pull("org/toy").resolve("onnx/model.onnx")));
        assertNull(hub.atStore().get(0).range());
    }

    @Test
    void requestsAnExpiredSignedUrlAgain() throws IOException {
        List<Integer> refused = new ArrayList<>();
        hub.interceptor((exchange, atStore) -> {
            if (!atStore || !refused.isEmpty()) {
                return false;
            }
            refused.add(403);
            exchange.sendResponseHeaders(403, -1);
            return true;
        });
        assertArrayEquals(
                FilledHub.GRAPH, Files.readAllBytes(filled.pull("org/toy").resolve("onnx/model.onnx")));
        assertEquals(2, hub.atStore().size());
    }

    @Test
    void deletesDamagedContentAndReportsIt() throws IOException {
        leavePart(new byte[1000]);
        AtelierException fault = filled.pullFailure("org/toy");
        assertEquals(Code.MODEL_INVALID, fault.code());
        assertTrue(fault.getMessage().startsWith("onnx/model.onnx of org/toy is damaged"), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count());
        assertTrue(FilledHub.files(cache.resolve("models--org--toy/blobs")).stream()
                .noneMatch(blob -> blob.toString().contains(FilledHub.GRAPH_HASH)));

        assertArrayEquals(
                FilledHub.GRAPH, Files.readAllBytes(filled.pull("org/toy").resolve("onnx/model.onnx")));
    }

    @Test
    void waitsAsLongAsRetryAfterRequests() {
        hub.answerNext(1, 429, "Retry-After", "7");
        filled.pull("org/toy");
        assertEquals(1, filled.sleep.pauses.size());
        assertTrue(filled.sleep.pauses.get(0).compareTo(Duration.ofSeconds(7)) >= 0, filled.sleep.pauses::toString);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void reportsAFullDiskAndResumesLater() throws IOException {
        Path blobs = Files.createDirectories(cache.resolve("models--org--toy/blobs"));
        Path part = Files.createSymbolicLink(blobs.resolve(FilledHub.GRAPH_HASH + ".incomplete"), Path.of("/dev/full"));
        AtelierException fault = filled.pullFailure("org/toy");
        assertEquals(Code.OUTPUT_UNWRITABLE, fault.code());
        assertEquals(
                "The disk of " + cache + " is full: free some space and pull again to resume.", fault.getMessage());

        Files.delete(part);
        assertArrayEquals(
                FilledHub.GRAPH, Files.readAllBytes(filled.pull("org/toy").resolve("onnx/model.onnx")));
    }

    private void leavePart(byte[] bytes) throws IOException {
        Path blobs = Files.createDirectories(cache.resolve("models--org--toy/blobs"));
        Files.write(blobs.resolve(FilledHub.GRAPH_HASH + ".incomplete"), bytes);
    }

    /** Truncates the first responses of the store and closes the connection. */
    private void cutAt(int bytes, int times) {
        List<Integer> cuts = new ArrayList<>();
        hub.interceptor((exchange, atStore) -> {
            if (!atStore || cuts.size() == times) {
                return false;
            }
            cuts.add(bytes);
            exchange.sendResponseHeaders(200, FilledHub.GRAPH.length);
            exchange.getResponseBody().write(FilledHub.GRAPH, 0, bytes);
            exchange.getResponseBody().flush();
            return true;
        });
    }

    private static PullListener cancelAt(String file, long bytes) {
        return new PullListener() {
            private boolean cancelled;

            @Override
            public void progressed(String progressing, long done, long total) {
                cancelled |= progressing.equals(file) && done >= bytes;
            }

            @Override
            public boolean cancelled() {
                return cancelled;
            }
        };
    }
}
