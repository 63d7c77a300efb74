package org.atelier.hub;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.model.PullListener;
import org.atelier.api.model.PullRequest;
import org.atelier.models.library.ModelTable;

/** A local hub with one model of several files, and an empty cache. */
final class FilledHub implements AutoCloseable {

    static final byte[] GRAPH = bytes(700_000);
    static final String GRAPH_HASH = LocalHub.sha256(GRAPH);

    final LocalHub hub = new LocalHub();
    final Map<String, String> environment = new HashMap<>();
    final NoSleep sleep = new NoSleep();
    final Path cache;

    private final Path folder;

    FilledHub(Path folder) {
        this.folder = folder;
        hub.small("config.json", "{\"model_type\": \"blip\"}")
                .small("README.md", "Not needed")
                .small("vocab.txt", "a\nb\n")
                .small("nothing.txt", "")
                .large("onnx/model.onnx", GRAPH);
        cache = folder.resolve("cache");
        environment.put("HF_ENDPOINT", hub.endpoint());
        environment.put("HF_HUB_CACHE", cache.toString());
    }

    @Override
    public void close() {
        hub.close();
    }

    HubClient client() {
        return new HubClient(environment, folder.resolve("home"), () -> ModelTable.in(folder), sleep);
    }

    Path pull(String name) {
        return client().pull(PullRequest.of(name), new PullListener() {});
    }

    AtelierException pullFailure(String name) {
        return assertThrows(AtelierException.class, () -> pull(name));
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
