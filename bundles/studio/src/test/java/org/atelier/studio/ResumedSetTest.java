package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.files.Sha256;
import org.atelier.studio.folder.SetFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resumed set has the same bytes as an uninterrupted one. */
class ResumedSetTest {

    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a house", "a dragon", "a fish", "a cat")
            .seed(5L)
            .steps(4)
            .sampler("unipc")
            .width(32)
            .height(32)
            .chunk(2)
            .build();

    private final FakeImageGenerator fakeGenerator = new FakeImageGenerator();

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void name() {
        folder = root.resolve("set");
    }

    private static AtelierStudio studio(ImageGenerator generator, String version) {
        return new TestStudio().withRealSampler().studio(generator, version, 0);
    }

    private AtelierStudio studio() {
        return studio(fakeGenerator, "0.1.0");
    }

    /** Records what it receives, and cancels the set after some work. */
    private static class Witness implements SetListener {
        private final List<String> notes = new ArrayList<>();
        private final List<String> finished = new ArrayList<>();
        private final List<Integer> generated = new ArrayList<>();
        private int endsAfterSteps = Integer.MAX_VALUE;
        private int endsAfterImages = Integer.MAX_VALUE;

        static Witness endingAfterSteps(int imageSteps) {
            Witness witness = new Witness();
            witness.endsAfterSteps = imageSteps;
            return witness;
        }

        static Witness endingAfterImages(int images) {
            Witness witness = new Witness();
            witness.endsAfterImages = images;
            return witness;
        }

        @Override
        public void noted(String sentence) {
            notes.add(sentence);
        }

        @Override
        public void progressed(Progress progress) {
            if (progress.phase() == Progress.Phase.GENERATING) {
                generated.add(progress.done());
            }
        }

        @Override
        public void finished(GeneratedImage image) {
            finished.add(image.file().getFileName().toString());
        }

        @Override
        public boolean cancelled() {
            return finished.size() >= endsAfterImages || (!generated.isEmpty() && last() >= endsAfterSteps);
        }

        private int last() {
            return generated.get(generated.size() - 1);
        }
    }

    private static void cancel(AtelierStudio studio, SetOutput output, Witness witness) {
        AtelierException fault = assertThrows(AtelierException.class, () -> studio.generate(REQUEST, output, witness));
        assertEquals(Code.CANCELLED, fault.code());
    }

    private Map<String, String> uninterrupted(AtelierStudio studio, Path place) throws IOException {
        studio.generate(REQUEST, new SetOutput(place, root.resolve("undisturbed.style")), new Witness());
        return hashes(place);
    }

    private static Map<String, String> hashes(Path place) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.toList()) {
                hashes.put(file.getFileName().toString(), Sha256.of(file));
            }
        }
        return hashes;
    }

    @Test
    void decodesOnlyWhatIsMissing() throws IOException {
        Map<String, String> expected = uninterrupted(studio(), root.resolve("undisturbed"));
        cancel(studio(), new SetOutput(folder, root.resolve("hand.style")), Witness.endingAfterImages(3));
        fakeGenerator.decoded.clear();
        Witness witness = new Witness();

        GeneratedSet set = studio().resume(folder, witness);

        assertEquals(expected, hashes(folder));
        assertEquals(List.of(3), fakeGenerator.decoded);
        assertEquals(List.of("000.png", "001.png", "002.png", "003.png"), witness.finished);
        assertEquals(root.resolve("hand.style"), set.styleCard());
        assertEquals(Sha256.of(root.resolve("undisturbed.style")), Sha256.of(set.styleCard()));
        assertTrue(witness.notes.contains("sketchbook does not know: dragon."), witness.notes.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 9, 16})
    void resumesAtTheLastCheckpoint(int imageSteps) throws IOException {
        AtelierStudio studio = studio(new DiffusionImageGenerator(), "0.1.0");
        Map<String, String> expected = uninterrupted(studio, root.resolve("undisturbed"));
        cancel(studio, SetOutput.to(folder), Witness.endingAfterSteps(imageSteps));
        assertEquals(
                List.of("set.checkpoint", "set.journal"),
                List.copyOf(hashes(folder).keySet()));
        Witness witness = new Witness();

        studio.resume(folder, witness);

        assertEquals(expected, hashes(folder));
        assertEquals(imageSteps / 4 * 4, witness.generated.get(0));
    }

    @Test
    void decodesChangedFilesAgain() throws IOException {
        Map<String, String> expected = uninterrupted(studio(), root.resolve("undisturbed"));
        cancel(studio(), SetOutput.to(folder), Witness.endingAfterImages(3));
        Files.write(folder.resolve("001.png"), new byte[] {1});
        Files.delete(folder.resolve("002.png"));

        studio().resume(folder, new Witness());

        assertEquals(expected, hashes(folder));
    }

    @Test
    void completesASetThatWasKilledAfterItsRecord() throws IOException {
        Map<String, String> expected = uninterrupted(studio(), root.resolve("undisturbed"));
        cancel(studio(), SetOutput.to(folder), Witness.endingAfterImages(3));
        Path journal = Files.copy(folder.resolve("set.journal"), root.resolve("journal"));
        studio().resume(folder, new Witness());
        Files.move(journal, folder.resolve("set.journal"));
        fakeGenerator.decoded.clear();

        GeneratedSet set = studio().resume(folder, new Witness());

        assertEquals(expected, hashes(folder));
        assertEquals(List.of(), fakeGenerator.decoded);
        assertEquals(4, set.images().size());
    }

    @Test
    void returnsACompleteSetUnchanged() throws IOException {
        GeneratedSet generated = studio().generate(REQUEST, folder, new Witness());
        fakeGenerator.decoded.clear();

        assertTrue(studio().hasSet(folder));
        assertEquals(generated, studio().resume(folder, new Witness()));

        assertEquals(List.of(), fakeGenerator.decoded);
        Files.delete(folder.resolve("002.png"));
        AtelierException fault = assertThrows(AtelierException.class, () -> studio().resume(folder, new Witness()));
        assertTrue(fault.getMessage().contains("002.png is missing or has changed"), fault.getMessage());
    }

    @Test
    void namesAMissingMemberOfTheRecord() throws IOException {
        studio().generate(REQUEST, folder, new Witness());
        Path record = folder.resolve("set.json");
        Files.writeString(record, "{\"files\": [{\"file\": \"000.png\"}]}");

        AtelierException fault = assertThrows(AtelierException.class, () -> studio().resume(folder, new Witness()));

        assertEquals(Code.INPUT_UNREADABLE, fault.code());
        assertTrue(fault.getMessage().contains("'sha256' is missing"), fault.getMessage());
    }

    @Test
    void restartsASetOfAnotherVersion() throws IOException {
        AtelierStudio later = studio(fakeGenerator, "0.2.0");
        Map<String, String> expected = uninterrupted(later, root.resolve("undisturbed"));
        Path card = root.resolve("hand.style");
        cancel(studio(), new SetOutput(folder, card), Witness.endingAfterImages(2));
        Witness witness = new Witness();

        later.resume(folder, witness);

        assertEquals(expected, hashes(folder));
        assertEquals(Sha256.of(root.resolve("undisturbed.style")), Sha256.of(card));
        assertEquals(
                "This set was started by Atelier 0.1.0 (code same), so it is generated again from the start by this version, 0.2.0 (code same).",
                witness.notes.get(0));
    }

    @Test
    void refusesAnotherFileInPlaceOfItsStyleCard() throws IOException {
        Path card = root.resolve("hand.style");
        cancel(studio(), new SetOutput(folder, card), Witness.endingAfterImages(2));
        Files.write(card, new byte[] {1});

        AtelierException fault = assertThrows(AtelierException.class, () -> studio().resume(folder, new Witness()));

        assertEquals(Code.OUTPUT_UNWRITABLE, fault.code());
        assertEquals(1, Files.size(card));
        Files.delete(card);
        assertEquals(card, studio().resume(folder, new Witness()).styleCard());
    }

    @Test
    void canBeInterruptedRepeatedly() throws IOException {
        Map<String, String> expected = uninterrupted(studio(), root.resolve("undisturbed"));
        cancel(studio(), SetOutput.to(folder), Witness.endingAfterImages(1));
        for (int images = 2; images < 4; images++) {
            Witness witness = Witness.endingAfterImages(images);
            assertThrows(AtelierException.class, () -> studio().resume(folder, witness));
        }

        studio().resume(folder, new Witness());

        assertEquals(expected, hashes(folder));
        assertEquals(List.of(0, 1, 2, 3), fakeGenerator.decoded.subList(4, fakeGenerator.decoded.size()));
    }

    @Test
    void refusesAFolderWithoutASet() throws IOException {
        AtelierException nowhere = assertThrows(AtelierException.class, () -> studio().resume(folder, new Witness()));
        assertEquals(Code.INVALID_REQUEST, nowhere.code());
        assertEquals(1, nowhere.getMessage().lines().count());
        assertFalse(Files.exists(folder));

        Files.createDirectory(folder);
        Files.write(folder.resolve("set.journal"), "0bad".getBytes(StandardCharsets.US_ASCII));
        assertFalse(studio().hasSet(folder));
        AtelierException damaged = assertThrows(AtelierException.class, () -> studio().resume(folder, new Witness()));
        assertTrue(damaged.getMessage().contains("set.journal is damaged"), damaged.getMessage());

        studio().generate(REQUEST, folder, new Witness());
        assertTrue(SetFolder.isComplete(folder));
    }

    @Test
    void refusesToGenerateOverAnUnfinishedSet() {
        cancel(studio(), SetOutput.to(folder), Witness.endingAfterImages(1));

        AtelierException fault =
                assertThrows(AtelierException.class, () -> studio().generate(REQUEST, folder, new Witness()));

        assertEquals(Code.OUTPUT_UNWRITABLE, fault.code());
        assertTrue(fault.getMessage().contains("atelier generate --resume " + folder), fault.getMessage());
    }

    @Test
    void refusesASetThatIsBeingGenerated() {
        Witness outer = new Witness() {
            @Override
            public void finished(GeneratedImage image) {
                AtelierException fault =
                        assertThrows(AtelierException.class, () -> studio().resume(folder, new Witness()));
                assertTrue(fault.getMessage().contains("a set is being generated there"), fault.getMessage());
                super.finished(image);
            }
        };

        studio().generate(REQUEST, folder, outer);

        assertEquals(4, outer.finished.size());
    }
}
