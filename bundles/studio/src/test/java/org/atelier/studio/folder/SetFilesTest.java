package org.atelier.studio.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.attention.ObservedMap;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.DenoisingState;
import org.atelier.files.Journal;
import org.atelier.models.safetensors.FloatTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SetFilesTest {

    private static final byte[] CONTENT = {'a', 'b', 'c'};
    private static final String SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final RunManifest MANIFEST = new RunManifest(
            "1.0.0",
            SetRequest.builder().prompts("a house", "\"a\nfish\"").seed(7L).build(),
            Path.of("/home/user/pop.style"),
            Map.of("model toy", "c0ffee"),
            Map.of("attention 'shared'", "org.example.shared 1.0.0"));

    private static final DenoisingState STATE = new DenoisingState(
            3,
            List.of(image(5, 1, -0f, 3e-9f, 4), image(1, 5, 6, 7, 8)),
            List.of(
                    map(0, "a \"house\", Tür"),
                    map(AttentionCall.GIVEN_REFERENCE, "house"),
                    map(0, ""),
                    sum(0),
                    sum(1)));

    private static ObservedMap map(int image, String word) {
        return new ObservedMap(
                image, 1, 2, word, new FloatTensor(List.of(1L, 2L), FloatBuffer.wrap(new float[] {.25f, 1e-20f})));
    }

    private static ObservedMap sum(int reference) {
        return new ObservedMap(
                1, reference, 1, 2, "", 12, new FloatTensor(List.of(1L, 2L), FloatBuffer.wrap(new float[] {3, 4})));
    }

    /** One that has generated so many arrays of noise. */
    private static DenoisingState.Image image(int noiseArrays, float... values) {
        return new DenoisingState.Image(
                new FloatTensor(List.of(2L, 1L, 1L, 2L), FloatBuffer.wrap(values)), noiseArrays);
    }

    @TempDir
    private Path root;

    private final SetLocks locks = new SetLocks();

    /** Leaves the folder as a killed process does. */
    private void begin(FilesOfSet work) throws IOException {
        try (SetJournal journal = SetJournal.start(root, MANIFEST)) {
            work.with(new SetFiles(root, journal, false));
        }
    }

    private interface FilesOfSet {
        void with(SetFiles files);
    }

    private SetFiles again() {
        return SetFolder.takeStarted(root, new SetLocks()).resume();
    }

    @Test
    void writesAFileAndReturnsItsHash() throws IOException {
        try (SetFolder folder = SetFolder.take(root, locks);
                SetFiles files = folder.start(MANIFEST)) {
            WrittenFile file = files.write("000.png", CONTENT);

            assertEquals(SHA256, file.sha256());
            assertArrayEquals(CONTENT, Files.readAllBytes(file.path()));
        }
        assertEquals(List.of("000.png", "set.journal"), names());
    }

    @Test
    void restoresManifestNotesAndFiles() throws IOException {
        begin(files -> {
            files.noted("Sunny.");
            files.write("000.png", CONTENT);
            files.noted("Dry.");
            files.noted("Sunny.");
        });

        SetFiles files = again();

        assertEquals(MANIFEST, files.manifest());
        assertEquals(List.of("Sunny.", "Dry."), files.notes());
        assertEquals(Optional.of(new WrittenFile(root.resolve("000.png"), SHA256)), files.existing("000.png"));
        assertEquals(Optional.empty(), files.existing("001.png"));
    }

    @Test
    void ignoresChangedMissingAndUnrecordedFiles() throws IOException {
        begin(files -> {
            files.write("000.png", CONTENT);
            files.write("001.png", CONTENT);
        });
        Files.write(root.resolve("000.png"), new byte[] {1}, StandardOpenOption.TRUNCATE_EXISTING);
        Files.delete(root.resolve("001.png"));
        Files.write(root.resolve("002.png"), CONTENT);

        SetFiles files = again();

        assertEquals(Optional.empty(), files.existing("000.png"));
        assertEquals(Optional.empty(), files.existing("001.png"));
        assertEquals(Optional.empty(), files.existing("002.png"), "the journal does not have it");
    }

    @Test
    void removesASetWithoutResults() throws IOException {
        Path folder = root.resolve("new/set");
        try (SetFolder taken = SetFolder.take(folder, locks);
                SetFiles files = taken.start(MANIFEST)) {
            files.noted("Sunny.");
        }
        assertEquals(List.of(), names());
    }

    @Test
    void restoresACheckpoint() throws IOException {
        try (SetFolder taken = SetFolder.take(root, locks);
                SetFiles files = taken.start(MANIFEST)) {
            Checkpoint checkpoint = files.checkpoint(Duration.ZERO);
            assertEquals(Optional.empty(), checkpoint.last());
            checkpoint.stepCompleted(3, 9, () -> STATE);
        }
        assertEquals(List.of("set.checkpoint", "set.journal"), names());

        assertEquals(Optional.of(STATE), again().checkpoint(Duration.ZERO).last());
    }

    @Test
    void writesACheckpointAtIntervalsAndAfterTheLastStep() throws IOException {
        begin(files -> {
            Checkpoint checkpoint = files.checkpoint(Duration.ofDays(1));
            checkpoint.stepCompleted(1, 3, () -> {
                throw new AssertionError("no day has passed");
            });
            assertEquals(Optional.empty(), checkpoint.last());
            checkpoint.stepCompleted(3, 3, () -> STATE);
            assertEquals(Optional.of(STATE), checkpoint.last());
        });
    }

    @Test
    void restoresInversionsAndTheReducedChunk() throws IOException {
        FloatTensor first = STATE.images().get(0).arrays();
        FloatTensor second = new FloatTensor(List.of(1L, 1L, 1L, 1L), FloatBuffer.wrap(new float[] {5}));
        try (SetFolder taken = SetFolder.take(root, locks);
                SetFiles files = taken.start(MANIFEST)) {
            Checkpoint checkpoint = files.checkpoint(Duration.ofDays(1));
            assertEquals(Optional.empty(), checkpoint.lastInversion(0));
            assertEquals(OptionalInt.empty(), checkpoint.maxChunk());
            checkpoint.inversionStepCompleted(0, 1, 2, () -> {
                throw new AssertionError("no day has passed");
            });
            checkpoint.inversionStepCompleted(0, 2, 2, () -> first);
            checkpoint.inversionStepCompleted(1, 2, 2, () -> second);
            checkpoint.chunkHalved(4);
            checkpoint.chunkHalved(2);
        }
        assertEquals(List.of("set.inversion.0", "set.inversion.1", "set.journal"), names());

        try (SetFolder taken = SetFolder.takeStarted(root, locks);
                SetFiles files = taken.resume()) {
            Checkpoint checkpoint = files.checkpoint(Duration.ofDays(1));
            assertEquals(Optional.of(first), checkpoint.lastInversion(0));
            assertEquals(Optional.of(second), checkpoint.lastInversion(1));
            assertEquals(OptionalInt.of(2), checkpoint.maxChunk());
            files.restart(MANIFEST);
            assertEquals(OptionalInt.empty(), checkpoint.maxChunk());
            assertEquals(Optional.empty(), checkpoint.lastInversion(0));
        }
        assertEquals(List.of("set.journal"), names());
    }

    @Test
    void namesTheRemedyForADamagedCheckpoint() throws IOException {
        begin(files -> {
            Checkpoint checkpoint = files.checkpoint(Duration.ZERO);
            checkpoint.stepCompleted(1, 1, () -> STATE);
            truncate(root.resolve("set.checkpoint"));

            AtelierException fault = assertThrows(AtelierException.class, checkpoint::last);

            assertEquals(AtelierException.Code.INPUT_UNREADABLE, fault.code());
            assertTrue(fault.getMessage()
                    .contains("set.checkpoint: the checkpoint is damaged or belongs to another set; remove it"));
        });
    }

    /** The checkpoint is valid, but would result in other images. */
    @Test
    void refusesTheCheckpointOfAnotherSet() throws IOException {
        Path other = Files.createDirectory(root.resolve("other"));
        DenoisingState similar = new DenoisingState(3, List.of(image(5, 1, 2, 3, 4), image(1, 5, 6, 7, 8)), List.of());
        try (SetJournal journal = SetJournal.start(other, MANIFEST)) {
            new SetFiles(other, journal, false).checkpoint(Duration.ZERO).stepCompleted(3, 9, () -> similar);
        }
        begin(files -> {
            Checkpoint checkpoint = files.checkpoint(Duration.ZERO);
            checkpoint.stepCompleted(3, 9, () -> STATE);
            replace(root.resolve("set.checkpoint"), other.resolve("set.checkpoint"));

            AtelierException fault = assertThrows(AtelierException.class, checkpoint::last);

            assertTrue(fault.getMessage().contains("or belongs to another set"), fault.getMessage());
        });
    }

    private static void replace(Path file, Path by) {
        try {
            Files.move(by, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void truncate(Path file) {
        try {
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 60));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void removesTheJournalAndCheckpointsOfACompleteSet() throws IOException {
        try (SetFolder taken = SetFolder.take(root, locks);
                SetFiles files = taken.start(MANIFEST)) {
            files.checkpoint(Duration.ZERO).stepCompleted(1, 1, () -> STATE);
            files.write("000.png", CONTENT);
            files.complete(CONTENT);
        }
        assertEquals(List.of("000.png", "set.json"), names());
    }

    @Test
    void restartsWithAnotherManifest() throws IOException {
        Path card = root.resolve("pop.style");
        Files.write(card, CONTENT);
        begin(files -> {
            files.noted("Sunny.");
            files.write("000.png", CONTENT);
            files.write("001.png", CONTENT);
            files.recordExternal(new WrittenFile(card, SHA256));
            files.checkpoint(Duration.ZERO).stepCompleted(1, 1, () -> STATE);
        });
        Files.write(root.resolve("001.png"), new byte[] {1});
        RunManifest now = new RunManifest("1.0.1", MANIFEST.request(), null, Map.of(), Map.of());

        try (SetFolder taken = SetFolder.takeStarted(root, locks);
                SetFiles files = taken.resume()) {
            files.restart(now);
            assertEquals(List.of(), files.notes());
        }

        assertEquals(List.of("001.png", "set.journal"), names(), "what another has changed is not removed");
        assertEquals(Optional.of(now), SetJournal.manifestIn(root));
    }

    @Test
    void describesTheFirstDifference() {
        SetRequest request = MANIFEST.request();
        assertEquals(Optional.empty(), MANIFEST.differenceTo(MANIFEST));
        assertDifference(
                "This set was started by Atelier 1.0.0, so it is generated again from the start by this version, 1.1.0.",
                new RunManifest("1.1.0", request, null, MANIFEST.models(), MANIFEST.plugins()));
        assertDifference(
                "The attention 'shared' was org.example.shared 1.0.0 when this set was started and is org.example.shared"
                        + " 1.1.0 now, so the set is generated again from the start.",
                new RunManifest(
                        "1.0.0",
                        request,
                        null,
                        MANIFEST.models(),
                        Map.of("attention 'shared'", "org.example.shared 1.1.0")));
        assertDifference(
                "The model toy was c0ffee when this set was started and is decaf now, so the set is generated again from"
                        + " the start.",
                new RunManifest("1.0.0", request, null, Map.of("model toy", "decaf"), MANIFEST.plugins()));
    }

    private static void assertDifference(String sentence, RunManifest now) {
        assertEquals(Optional.of(sentence), MANIFEST.differenceTo(now));
    }

    @Test
    void refusesTheJournalOfAnotherVersion() throws IOException {
        begin(files -> {});
        try (Journal journal = Journal.open(root.resolve("set.journal"))) {
            journal.replace(List.of("{\"schema_version\":2}"));
        }

        AtelierException fault = assertThrows(AtelierException.class, this::again);

        assertTrue(fault.getMessage().contains("written by another version of Atelier"), fault.getMessage());
    }

    @Test
    void reportsAFileThatCannotBeReplaced() throws IOException {
        begin(files -> {
            try {
                Files.createDirectories(root.resolve("000.png/occupied"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            AtelierException fault = assertThrows(AtelierException.class, () -> files.write("000.png", CONTENT));
            assertEquals(AtelierException.Code.OUTPUT_UNWRITABLE, fault.code());
            assertTrue(fault.getMessage().contains("then resume the set"), fault.getMessage());
        });
        assertFalse(Files.exists(root.resolve("000.png.part")));
        assertEquals(Optional.empty(), again().existing("000.png"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesTheFileThatDoesNotFitOnAFullDiskAndKeepsTheOthers() throws IOException {
        begin(files -> {
            files.write("000.png", CONTENT);
            fill("001.png.part");
            fill("set.checkpoint.part");

            assertFull("001.png", assertThrows(AtelierException.class, () -> files.write("001.png", CONTENT)));
            assertFull("set.checkpoint", assertThrows(AtelierException.class, () -> files.checkpoint(Duration.ZERO)
                    .stepCompleted(1, 2, () -> STATE)));
        });

        assertEquals(List.of("000.png", "set.journal"), names());
        assertTrue(again().existing("000.png").isPresent());
    }

    /** Otherwise the set that the sentence tells to resume would be gone. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void keepsASetWhoseFirstCheckpointDoesNotFit() throws IOException {
        try (SetFolder folder = SetFolder.take(root, locks);
                SetFiles files = folder.start(MANIFEST)) {
            fill("set.checkpoint.part");
            assertFull("set.checkpoint", assertThrows(AtelierException.class, () -> files.checkpoint(Duration.ZERO)
                    .stepCompleted(1, 2, () -> STATE)));
        }

        assertEquals(List.of("set.journal"), names());
        try (SetFolder folder = SetFolder.takeStarted(root, locks);
                SetFiles files = folder.resume()) {
            assertEquals(Optional.empty(), files.checkpoint(Duration.ZERO).last());
            files.checkpoint(Duration.ZERO).stepCompleted(1, 2, () -> STATE);
        }
    }

    /** Simulates a full disk for one file. */
    private void fill(String name) {
        try {
            Files.createSymbolicLink(root.resolve(name), Path.of("/dev/full"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertFull(String name, AtelierException fault) {
        assertEquals(
                root.resolve(name) + " cannot be written: No space left on device. Check the disk, then resume the"
                        + " set.",
                fault.getMessage());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
