package org.atelier.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.PullListener;
import org.atelier.models.library.HubCache;
import org.atelier.models.library.HubName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls that complete at once, and what they leave in the cache. */
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
}
