package org.atelier.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.health.Finding;
import org.atelier.api.job.Job;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.plugin.PluginOptionDescription;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.Progress;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WireTest {

    private static final SetRequest REQUEST =
            SetRequest.builder().prompts("a house").build();

    private final JobJson form = new JobJson(new OneRequest());

    @ParameterizedTest
    @EnumSource
    void readsJobsUnchanged(Job.State state) {
        Instant moment = Instant.parse("2026-11-21T10:15:00.123456Z");
        Job whole = new Job(
                "k3m9x2ab",
                "me",
                state,
                3,
                REQUEST,
                new SetOutput(Path.of("/sets/a set"), Path.of("/sets/pop.style")),
                2,
                moment,
                moment,
                moment,
                new Progress(Progress.Phase.GENERATING, 3, 200),
                List.of(
                        new GeneratedImage(0, "a tile", null, Path.of("/sets/a set/000.png"), "ab"),
                        new GeneratedImage(
                                1, "城, \"blue\"\n", 9_007_199_254_740_993L, Path.of("/sets/a set/001.png"), "cd")),
                List.of("One.", "Two."),
                new Job.Fault(Code.OUT_OF_MEMORY, "Spent.\nAll of it."));

        assertEquals(whole, form.read(form.of(whole)));
    }

    @Test
    void readsJobsWithAbsentMembers() {
        Job bare = new Job(
                "one",
                "me",
                Job.State.QUEUED,
                0,
                REQUEST,
                SetOutput.to(Path.of("/sets/one")),
                0,
                Instant.EPOCH,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null);

        JsonObject json = form.of(bare);

        assertEquals(bare, form.read(json));
        assertEquals("queued", json.get("status").getAsString());
        assertTrue(json.get("progress").isJsonNull());
    }

    @ParameterizedTest
    @EnumSource
    void readsFaultsUnchanged(Code code) {
        AtelierException back = FaultJson.read(FaultJson.of(new AtelierException(code, "$.items[2].seed: no.")));

        assertEquals(code, back.code());
        assertEquals("$.items[2].seed: no.", back.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "$.attention_options.score-shift: expected a number.,$.attention_options.score-shift",
        "a.yaml:3: $.items[2].größe: there is no such member.,$.items[2].größe",
        "Remove $.sampler_options.a-b-c.,$.sampler_options.a-b-c",
        "'$.contexts[0].options.task-x' cannot act.,$.contexts[0].options.task-x",
        "$.steps,$.steps"
    })
    void namesTheWholeLocationOfAFault(String message, String location) {
        JsonObject json = FaultJson.of(new AtelierException(Code.INVALID_REQUEST, message));

        assertEquals(location, json.get("param").getAsString());
    }

    @Test
    void faultsHaveTheirLocation() {
        JsonObject json = FaultJson.of("invalid_request", "a.yaml, line 2: $.items[2].seed: no.", "x");

        assertEquals("$.items[2].seed", json.get("param").getAsString());
    }

    @Test
    void readsPluginsAndFindingsUnchanged() {
        PluginDescription plugin = new PluginDescription(
                "attention",
                "shared",
                "1.0.0",
                "org.atelier",
                "ready",
                "Shared",
                "Shares.",
                List.of(new PluginOptionDescription("level", "a number", "0 to 1", "0.0", "How much.")));
        Finding finding = new Finding("disk", Finding.Severity.FAULT, "/", "Full.", "Free some.");

        assertEquals(plugin, PluginJson.read(PluginJson.of(plugin)));
        assertEquals(finding, FindingJson.read(FindingJson.of(finding)));
    }

    @Test
    void readsServerRecordsUnchanged() {
        ServerRecord record = new ServerRecord(
                4_194_304L, URI.create("https://[::1]:38211"), List.of("c0ffee"), Instant.EPOCH, "1.2.3");

        assertEquals(record, ServerRecord.read(record.toJson()));
    }

    private static final class OneRequest implements RequestFormat {

        @Override
        public String write(SetRequest request) {
            return "{\"only\": \"one\"}";
        }

        @Override
        public SetRequest read(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SetRequest read(String text, String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> defaults() {
            return Map.of();
        }

        @Override
        public SetRequest readBack(String text) {
            assertEquals("{\"only\":\"one\"}", text);
            return REQUEST;
        }
    }
}
