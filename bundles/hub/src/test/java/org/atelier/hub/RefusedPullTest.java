package org.atelier.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.PullListener;
import org.atelier.api.model.PullRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls that end with an error. */
class RefusedPullTest {

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
    void rejectsVerificationOfAMissingModel() {
        AtelierException fault =
                assertThrows(AtelierException.class, () -> filled.client().verify("org/toy", new PullListener() {}));
        assertTrue(fault.getMessage().contains("atelier models pull org/toy"), fault.getMessage());
    }
}
