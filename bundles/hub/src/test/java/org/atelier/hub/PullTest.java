package org.atelier.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.PullListener;
import org.atelier.api.model.PullRequest;
import org.atelier.models.library.HubCache;
import org.atelier.models.library.HubName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PullTest {

    private static final String CLIP = "openai/clip-vit-large-patch14";

    @TempDir
    private Path folder;

    private FilledHub filled;
    private LocalHub hub;
    private Map<String, String> environment;
    private Path cache;

    @BeforeEach
    void fillTheHub() {
        filled = new FilledHub(folder);
        hub = filled.hub;
        environment = filled.environment;
        cache = filled.cache;
    }

    @AfterEach
    void closeTheHub() {
        filled.close();
    }

    @Test
    void usesTheCacheLayoutOfHuggingfaceHub() throws IOException {
        Path snapshot = filled.pull("org/toy");

        Path model = cache.resolve("models--org--toy");
        assertEquals(model.resolve("snapshots").resolve(LocalHub.COMMIT), snapshot);
        assertEquals(LocalHub.COMMIT, Files.readString(model.resolve("refs/main")));
        assertEquals(
                Path.of("../../../blobs/" + FilledHub.GRAPH_HASH),
                Files.readSymbolicLink(snapshot.resolve("onnx/model.onnx")));
        assertEquals(
                Path.of("../../blobs/" + LocalHub.gitHash("a\nb\n".getBytes(StandardCharsets.UTF_8))),
                Files.readSymbolicLink(snapshot.resolve("vocab.txt")));
        assertArrayEquals(FilledHub.GRAPH, Files.readAllBytes(snapshot.resolve("onnx/model.onnx")));
        assertEquals(0, Files.size(snapshot.resolve("nothing.txt")));
        assertFalse(Files.exists(snapshot.resolve("README.md")), "only what is needed");
        assertEquals(4, FilledHub.files(model.resolve("blobs")).size(), "no partial file is left");
        assertEquals(
                snapshot,
                new HubCache(cache).find(HubName.parse("org/toy").orElseThrow()).orElseThrow());
    }

    @Test
    void doesNotDownloadCachedFilesAgain() {
        filled.pull("org/toy");
        hub.clearRequests();
        filled.pull("org/toy@refs/pr/1");

        assertTrue(hub.requests().stream().allMatch(request -> request.path().startsWith("/api/")));
        assertTrue(new HubCache(cache)
                .find(HubName.parse("org/toy@refs/pr/1").orElseThrow())
                .isPresent());
    }

    @Test
    void fetchesOneFileByItsNameOrByTheTable() throws IOException {
        byte[] weights = FilledHub.bytes(1000);
        hub.large("four/step.safetensors", weights).large("eight.safetensors", FilledHub.bytes(1001));
        table("{\"quick\": {\"kind\": \"images\", \"repository\": \"org/toy\", \"file\": \"four/step.safetensors\"}}");
        Path file = filled.pull("org/toy:four/step.safetensors");

        assertEquals(cache.resolve("models--org--toy/snapshots/" + LocalHub.COMMIT + "/four/step.safetensors"), file);
        assertArrayEquals(weights, Files.readAllBytes(file));
        assertEquals(1, FilledHub.files(cache.resolve("models--org--toy/blobs")).size(), "only that file");
        assertEquals(file, filled.pull("quick"));
        assertEquals(List.of(), filled.client().verify("quick", new PullListener() {}));

        environment.put("HF_HUB_OFFLINE", "1");
        hub.clearRequests();
        assertEquals(file, filled.pull("quick"));
        assertEquals(
                Code.SERVICE_UNREACHABLE,
                filled.pullFailure("org/toy:eight.safetensors").code());
        assertEquals(List.of(), hub.requests());
    }

    @Test
    void namesTheFilesOfARepositoryWithoutTheRequestedOne() throws IOException {
        hub.large("eight.safetensors", FilledHub.bytes(1001)).large("two.safetensors", FilledHub.bytes(10));
        assertEquals(
                "There is no file four.safetensors in org/toy; name one of its files: org/toy:eight.safetensors, org/toy:two.safetensors.",
                filled.pullFailure("org/toy:four.safetensors").getMessage());
        AtelierException fault = assertThrows(AtelierException.class, () -> filled.client()
                .pull(new PullRequest("org/toy:two.safetensors", "fp16", "fp32"), new PullListener() {}));
        assertEquals("org/toy:two.safetensors is a single file: omit --variant and --dtype.", fault.getMessage());
        assertFalse(Files.exists(cache.resolve("models--org--toy/refs/main")));
    }

    @Test
    void aRepositoryOfSingleFilesNeedsTheNameOfOne() {
        try (LocalHub singles = new LocalHub()) {
            singles.small("README.md", "Not needed")
                    .large("two.safetensors", FilledHub.bytes(10))
                    .large("eight.safetensors", FilledHub.bytes(20));
            environment.put("HF_ENDPOINT", singles.endpoint());
            String message = filled.pullFailure("org/toy").getMessage();
            assertTrue(
                    message.startsWith("org/toy has neither model_index.json nor config.json; name one of its files: ")
                            && message.contains("org/toy:two.safetensors"),
                    message);
        }
    }

    /** As clip-tokenizer: openai/clip-vit-large-patch14 has the weights of CLIP beside its vocabulary. */
    @Test
    void fetchesOnlyTheVocabularyOfATokenizer() throws IOException {
        table(Files.readString(Path.of("../../config/models.json")));
        try (LocalHub clip = new LocalHub(CLIP)) {
            clip.small("config.json", "{\"model_type\": \"clip\"}")
                    .small("vocab.json", "{}")
                    .small("merges.txt", "#version: 0.2")
                    .small("tokenizer_config.json", "{}")
                    .small("special_tokens_map.json", "{}")
                    .small("tokenizer.json", "{}")
                    .large("pytorch_model.bin", FilledHub.bytes(20))
                    .large("model.safetensors", FilledHub.bytes(10));
            environment.put("HF_ENDPOINT", clip.endpoint());
            Path folder = filled.pull("clip-tokenizer");
            assertEquals(
                    List.of("merges.txt", "special_tokens_map.json", "tokenizer_config.json", "vocab.json"),
                    FilledHub.files(folder).stream()
                            .map(file -> file.getFileName().toString())
                            .sorted()
                            .toList());
            assertEquals(
                    folder,
                    new HubCache(cache).find(HubName.parse(CLIP).orElseThrow()).orElseThrow());
            assertEquals(List.of(), filled.client().verify("clip-tokenizer", new PullListener() {}));
        }
    }

    private void table(String json) throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/models.json"), json);
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

    @ParameterizedTest
    @CsvSource({
        "401, RepoNotFound, There is no model org/toy at",
        "401, GatedRepo, requires that you accept its terms: accept them at",
        "403, '', requires that you accept its terms: accept them at",
        "404, RepoNotFound, 'check its spelling, or set HF_TOKEN'",
        "404, RevisionNotFound, has no revision \"main\""
    })
    void errorResponsesNameTheRemedy(int code, String reason, String message) {
        hub.answerNext(1, code, "X-Error-Code", reason);
        AtelierException fault = filled.pullFailure("org/toy");
        assertEquals(Code.MODEL_NOT_FOUND, fault.code());
        assertTrue(fault.getMessage().contains(message), fault.getMessage());
        assertEquals(1, hub.requests().size(), "asked once");
    }

    @Test
    void reportsAMissingModelOrRevision() {
        assertTrue(filled.pullFailure("org/other")
                .getMessage()
                .contains("There is no model org/other at " + hub.endpoint()));
        assertTrue(filled.pullFailure("org/toy@v9").getMessage().contains("has no revision \"v9\""));
        assertTrue(filled.pullFailure("toy").getMessage().contains("give org/name"));
        assertTrue(filled.pullFailure("../toy").getMessage().contains("give org/name"));
    }

    @Test
    void waitsAsLongAsRetryAfterRequests() {
        hub.answerNext(1, 429, "Retry-After", "7");
        filled.pull("org/toy");
        assertEquals(1, filled.sleep.pauses.size());
        assertTrue(filled.sleep.pauses.get(0).compareTo(Duration.ofSeconds(7)) >= 0, filled.sleep.pauses::toString);
    }

    @Test
    void givesUpIfRetryAfterIsAnHour() {
        hub.answerNext(1, 429, "Retry-After", "3600");
        AtelierException fault = filled.pullFailure("org/toy");
        assertEquals(Code.SERVICE_UNREACHABLE, fault.code());
        assertTrue(fault.getMessage().contains("pull again in 60 minutes"), fault.getMessage());
    }

    @Test
    void retriesAFailingHubWithGrowingPauses() {
        hub.answerNext(100, 503);
        AtelierException fault = filled.pullFailure("org/toy");
        assertEquals(Code.SERVICE_UNREACHABLE, fault.code());
        assertTrue(fault.getMessage().contains("it returned status 503"), fault.getMessage());
        assertEquals(6, hub.requests().size());
        assertEquals(5, filled.sleep.pauses.size());
        assertTrue(filled.sleep.pauses.get(4).compareTo(Duration.ofSeconds(8)) >= 0, filled.sleep.pauses::toString);
    }

    @Test
    void reportsAnUnreachableEndpoint() {
        hub.close();
        AtelierException fault = filled.pullFailure("org/toy");
        assertEquals(Code.SERVICE_UNREACHABLE, fault.code());
        assertTrue(fault.getMessage().startsWith("The hub at " + hub.endpoint()), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../evil.json", "/evil.json", "onnx\\..\\..\\evil.json"})
    void rejectsAPathOutsideTheFolder(String path) throws IOException {
        hub.small(path, "evil");
        AtelierException fault = filled.pullFailure("org/toy");
        assertEquals(Code.MODEL_INVALID, fault.code());
        assertTrue(fault.getMessage().contains("outside its folder"), fault.getMessage());
        assertFalse(Files.exists(cache), "nothing was written");
    }

    @Test
    void opensNoSocketOffline() {
        environment.put("HF_HUB_OFFLINE", "1");
        AtelierException fault = filled.pullFailure("org/toy");
        assertEquals(Code.SERVICE_UNREACHABLE, fault.code());
        assertTrue(fault.getMessage().contains("HF_HUB_OFFLINE"), fault.getMessage());

        environment.remove("HF_HUB_OFFLINE");
        Path here = filled.pull("org/toy");
        hub.clearRequests();
        environment.put("HF_HUB_OFFLINE", "true");
        assertEquals(here, filled.pull("org/toy"));
        assertEquals(List.of(), hub.requests());
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

    @Test
    void writesFilesToTheSnapshotWithoutLinks() throws IOException {
        environment.put("HF_HUB_DISABLE_SYMLINKS", "1");
        Path file = filled.pull("org/toy").resolve("onnx/model.onnx");
        assertFalse(Files.isSymbolicLink(file));
        assertArrayEquals(FilledHub.GRAPH, Files.readAllBytes(file));
        assertEquals(List.of(), FilledHub.files(cache.resolve("models--org--toy/blobs")));

        hub.clearRequests();
        filled.pull("org/toy");
        assertEquals(List.of(), hub.atStore());
        assertEquals(List.of(), filled.client().verify("org/toy", new PullListener() {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void verificationFindsDamagedAndMissingFilesAndAPullRestoresThem(String withoutLinks) throws IOException {
        environment.put("HF_HUB_DISABLE_SYMLINKS", withoutLinks);
        Path snapshot = filled.pull("org/toy");
        assertEquals(List.of(), filled.client().verify("org/toy", new PullListener() {}));

        byte[] damaged = FilledHub.GRAPH.clone();
        damaged[5]++;
        Files.write(snapshot.resolve("onnx/model.onnx"), damaged);
        Files.delete(snapshot.resolve("vocab.txt"));
        assertEquals(
                List.of("vocab.txt is missing.", "onnx/model.onnx was damaged and has been removed."),
                filled.client().verify("org/toy", new PullListener() {}));

        filled.pull("org/toy");
        assertEquals(List.of(), filled.client().verify("org/toy", new PullListener() {}));
        assertArrayEquals(FilledHub.GRAPH, Files.readAllBytes(snapshot.resolve("onnx/model.onnx")));
    }

    @Test
    void rejectsVerificationOfAMissingModel() {
        AtelierException fault =
                assertThrows(AtelierException.class, () -> filled.client().verify("org/toy", new PullListener() {}));
        assertTrue(fault.getMessage().contains("atelier models pull org/toy"), fault.getMessage());
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
