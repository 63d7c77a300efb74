package org.atelier.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.batch.Batch;
import org.atelier.api.batch.BatchListener;
import org.atelier.api.batch.BatchOutcome;
import org.atelier.api.batch.BatchResult;
import org.atelier.api.batch.BatchSet;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequentialBatchRunnerTest {

    private final FakeStudio studio = new FakeStudio();
    private final SequentialBatchRunner runner = new SequentialBatchRunner(studio, studio, new Format());
    private final Witness witness = new Witness();

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void name() {
        folder = root.resolve("spring");
    }

    private static BatchSet set(String name, String style) {
        return new BatchSet(
                name,
                SetRequest.builder().prompts("a house", "a fish").style(style).build());
    }

    private static final Batch THREE = new Batch(List.of(set("one", "a"), set("two", "b"), set("three", "c")));

    /** Writes requests as text that identifies them; reads none. */
    private static final class Format implements RequestFormat {

        @Override
        public String write(SetRequest request) {
            return request.toString();
        }

        @Override
        public Map<String, String> defaults() {
            return Map.of();
        }

        @Override
        public SetRequest readBack(String written) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SetRequest read(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SetRequest read(String text, String name) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Witness implements BatchListener {

        private final List<String> events = new ArrayList<>();

        /** Cancels during the set of this number; 0 for none. */
        private int endsAt;

        private int current;
        private boolean isRunning;

        @Override
        public void resolved(int total, int complete) {
            events.add("%d of %d complete".formatted(complete, total));
        }

        @Override
        public void setStarted(String name, int number, int total) {
            current = number;
            isRunning = false;
            events.add("%d of %d: %s".formatted(number, total, name));
        }

        @Override
        public void started(SetRequest resolved) {
            isRunning = true;
        }

        @Override
        public void setEnded(BatchOutcome outcome) {
            events.add(outcome.isFailed() ? outcome.error() : "done");
        }

        @Override
        public boolean cancelled() {
            return isRunning && current == endsAt;
        }
    }

    private List<String> states() throws IOException {
        JsonElement record = JsonParser.parseString(Files.readString(folder.resolve("batch.json")));
        return StreamSupport.stream(
                        record.getAsJsonObject().getAsJsonArray("sets").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(set ->
                        set.get("name").getAsString() + " " + set.get("state").getAsString())
                .toList();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void generatesEverySetIntoAFolderOfItsName() throws IOException {
        BatchResult result = runner.run(THREE, folder, witness);

        assertEquals(List.of("generate one 100", "generate two 101", "generate three 102"), studio.calls);
        assertEquals(List.of(false, true, true), studio.hadNetworks);
        assertFalse(studio.hasNetworks, "the networks stay loaded after the batch");
        assertEquals(
                List.of("0 of 3 complete", "1 of 3: one", "done", "2 of 3: two", "done", "3 of 3: three", "done"),
                witness.events);
        assertEquals(List.of(), result.failed());
        assertEquals(List.of("batch.journal", "batch.json", "index.html", "one", "three", "two"), names());
        assertEquals(List.of("one complete", "two complete", "three complete"), states());
        assertTrue(Files.readString(result.index()).contains("src=\"two/contact-sheet.png\""));
    }

    @Test
    void continuesAfterACancellation() throws IOException {
        witness.endsAt = 2;
        AtelierException fault = assertThrows(AtelierException.class, () -> runner.run(THREE, folder, witness));
        assertEquals(Code.CANCELLED, fault.code());
        assertEquals("Cancelled; 1 of 3 sets are complete. Repeat the command to continue.", fault.getMessage());
        assertEquals(List.of("one complete", "two pending", "three pending"), states());
        studio.calls.clear();
        witness.endsAt = 0;
        witness.events.clear();
        studio.nextSeed = 500;

        BatchResult result = runner.run(THREE, folder, witness);

        assertEquals(List.of("resume two", "generate three 500"), studio.calls);
        assertEquals("1 of 3 complete", witness.events.get(0));
        assertEquals(3, result.outcomes().size());
        assertEquals(2, result.outcomes().get(0).images());
        studio.calls.clear();

        runner.run(THREE, folder, witness);

        assertEquals(List.of(), studio.calls);
    }

    @Test
    void aSetWithoutASeedKeepsTheOneThatItGot() {
        Batch failing = new Batch(List.of(set("one", "failing")));
        runner.run(failing, folder, witness);
        studio.nextSeed = 500;

        runner.run(failing, folder, witness);

        assertEquals(List.of("generate one 100", "generate one 100"), studio.calls);
    }

    @Test
    void aSetThatFailsDoesNotStopTheOthers() throws IOException {
        Batch batch = new Batch(List.of(set("one", "failing"), set("two", "broken"), set("three", "c")));

        BatchResult result = runner.run(batch, folder, witness);

        assertEquals(List.of("one failed", "two failed", "three complete"), states());
        assertEquals(2, result.failed().size());
        assertEquals(Code.OUT_OF_MEMORY, result.failed().get(0).code());
        assertEquals("Not enough memory.", result.failed().get(0).error());
        assertTrue(result.failed().get(1).error().startsWith("unexpected error: "));
        assertTrue(Files.readString(result.index()).contains("Not enough memory."));
    }

    @Test
    void reportsAFaultOfManySetsOnceBeforeAnyWork() {
        List<BatchSet> sets = new ArrayList<>(List.of(set("good", "a")));
        for (int i = 0; i < 9; i++) {
            sets.add(set("bad-" + i, "unknown"));
        }

        AtelierException fault =
                assertThrows(AtelierException.class, () -> runner.run(new Batch(sets), folder, witness));

        assertEquals(
                "bad-0, bad-1, bad-2 and 6 other sets: There is no such style; choose another.", fault.getMessage());
        assertEquals(Code.INVALID_REQUEST, fault.code());
        assertEquals(List.of(), studio.calls);
        assertFalse(Files.exists(folder));
        assertThrows(AtelierException.class, () -> runner.resolve(new Batch(sets)));
        assertEquals(
                List.of(100L, 101L, 102L),
                runner.resolve(THREE).sets().stream()
                        .map(set -> set.request().seed() - studio.nextSeed + 103)
                        .toList());
    }

    @Test
    void refusesASetOfAnotherRequest() {
        runner.run(THREE, folder, witness);
        Batch changed = new Batch(List.of(set("one", "a"), set("two", "other"), set("four", "d")));
        studio.calls.clear();

        AtelierException fault = assertThrows(AtelierException.class, () -> runner.run(changed, folder, witness));

        assertEquals(
                folder.resolve("two")
                        + " has a set of another request; give the set another name, remove that folder, or choose another folder for the batch.",
                fault.getMessage());
        assertEquals(List.of(), studio.calls);
    }

    @Test
    void generatesAddedSetsAndRemovedFolders() throws IOException {
        runner.run(THREE, folder, witness);
        Files.delete(folder.resolve("two/set.json"));
        studio.calls.clear();
        List<BatchSet> more = new ArrayList<>(THREE.sets());
        more.add(set("four", "d"));

        runner.run(new Batch(more), folder, witness);

        assertEquals(2, studio.calls.size());
        assertTrue(studio.calls.get(0).startsWith("generate two 101"), studio.calls.toString());
        assertTrue(studio.calls.get(1).startsWith("generate four "), studio.calls.toString());
    }

    @Test
    void refusesAFolderInUse() {
        List<String> refusals = new ArrayList<>();
        runner.run(new Batch(List.of(set("one", "a"))), folder, new BatchListener() {
            @Override
            public void setStarted(String name, int number, int total) {
                refusals.add(assertThrows(AtelierException.class, () -> runner.run(THREE, folder, witness))
                        .getMessage());
            }
        });

        assertEquals(
                List.of(folder + ": a batch is being generated there; wait until it ends, or choose another folder."),
                refusals);
    }
}
