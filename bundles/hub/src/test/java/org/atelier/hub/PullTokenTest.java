package org.atelier.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token is sent to the hub only. */
class PullTokenTest {

    private static final String CANARY = "hf_canaryThatMustNeverBeSeen";

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
    void sendsTheTokenToTheHubOnly() {
        environment.put("HF_TOKEN", CANARY);
        filled.pull("org/toy");

        for (LocalHub.Request request : hub.requests()) {
            if (request.atStore()) {
                assertNull(request.authorization());
                assertEquals("identity", request.encoding());
            } else {
                assertEquals("Bearer " + CANARY, request.authorization());
            }
        }
        assertEquals(1, hub.atStore().size());
    }

    @Test
    void followsRelativeRedirectsWithTheToken() {
        environment.put("HF_TOKEN", CANARY);
        hub.interceptor((exchange, atStore) -> {
            String path = exchange.getRequestURI().toString();
            if (!path.contains("org/old")) {
                return false;
            }
            exchange.getResponseHeaders().set("Location", path.replace("org/old", "org/toy"));
            exchange.sendResponseHeaders(307, -1);
            return true;
        });
        assertTrue(Files.isDirectory(filled.pull("org/old")));
        assertTrue(hub.requests().stream()
                .filter(request -> !request.atStore())
                .allMatch(request -> request.authorization().equals("Bearer " + CANARY)));
    }

    @Test
    void doesNotLeakTheTokenIntoErrorsAndFiles() throws IOException {
        environment.put("HF_TOKEN", CANARY);
        assertFalse(HubSettings.of(environment, folder).toString().contains(CANARY));
        for (int code : new int[] {401, 403, 404, 418, 429, 500}) {
            try (LocalHub failing = new LocalHub()) {
                failing.answerNext(1000, code, "Retry-After", "999");
                environment.put("HF_ENDPOINT", failing.endpoint());
                assertFalse(everythingOf(filled.pullFailure("org/toy")).contains(CANARY));
            }
        }
        environment.put("HF_ENDPOINT", hub.endpoint());
        environment.put("HF_TOKEN", CANARY + "\u0001");
        assertFalse(everythingOf(filled.pullFailure("org/toy")).contains(CANARY));
        environment.put("HF_TOKEN", CANARY);
        filled.pull("org/toy");
        for (Path file : FilledHub.files(cache)) {
            assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains(CANARY), file::toString);
        }
    }

    @Test
    void readsTheTokenFromTheFile() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home/.cache/huggingface"));
        Files.writeString(home.resolve("token"), CANARY + "\n");
        filled.pull("org/toy");
        assertEquals("Bearer " + CANARY, hub.requests().get(0).authorization());
    }

    private static String everythingOf(Throwable fault) {
        StringWriter text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
