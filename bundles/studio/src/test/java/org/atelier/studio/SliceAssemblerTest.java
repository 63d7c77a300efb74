package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.SetAssembler;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.studio.assembly.SliceAssembler;
import org.atelier.studio.folder.AtelierBuild;
import org.atelier.studio.folder.SetLocks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assembled slices have the bytes of the set that is generated whole. */
class SliceAssemblerTest {

    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a house", "a dragon", "a fish", "a cat")
            .style("pop art")
            .seed(5L)
            .width(32)
            .height(32)
            .chunk(2)
            .build();

    private final TestStudio fakes = new TestStudio();
    private final SetAssembler assembler = assembler("0.1.0");

    @TempDir
    private Path root;

    private AtelierStudio studio;
    private Path out;

    @BeforeEach
    void begin() {
        studio = fakes.studio();
        out = root.resolve("out");
    }

    private static SetAssembler assembler(String version) {
        return SliceAssembler.of(new SetLocks(), new AtelierBuild(version, () -> "same"));
    }

    private Path slice(SetRequest request, String images) {
        Path folder = root.resolve("slice-" + images + "-" + System.identityHashCode(request));
        return studio.generate(request, SetOutput.slice(folder, ImageSelection.parse(images)), new SetListener() {})
                .folder();
    }

    private GeneratedSet whole(SetRequest request) {
        return studio.generate(request, root.resolve("whole"), new SetListener() {});
    }

    private void assertOutIsLike(GeneratedSet whole) throws IOException {
        List<String> names = TestStudio.names(whole.folder());
        assertEquals(names, TestStudio.names(out));
        for (String name : names) {
            assertArrayEquals(
                    Files.readAllBytes(whole.folder().resolve(name)), Files.readAllBytes(out.resolve(name)), name);
        }
    }

    @Test
    void joinsSlicesInAnyOrder() throws IOException {
        GeneratedSet whole = whole(REQUEST);

        GeneratedSet joined = assembler.assemble(List.of(slice(REQUEST, "2-3"), slice(REQUEST, "0-1")), out);

        assertOutIsLike(whole);
        assertEquals(whole.request(), joined.request());
        assertEquals(4, joined.images().size());
        assertEquals(joined, studio.resume(out, new SetListener() {}));
    }

    @Test
    void joinsSetsWithReferences() throws IOException {
        fakes.generator.inverted = FirstSet.TRAJECTORIES;
        fakes.generator.reconstructions = 1;
        SetRequest request = FirstSet.IMAGED.toBuilder().chunk(1).build();
        GeneratedSet whole = whole(request);

        assembler.assemble(List.of(slice(request, "1-2"), slice(request, "0,3")), out);

        assertOutIsLike(whole);
    }

    @Test
    void acceptsAnImageOfSeveralSlicesIfItIsTheSame() throws IOException {
        GeneratedSet whole = whole(REQUEST);

        assembler.assemble(List.of(slice(REQUEST, "0-2"), slice(REQUEST, "1-3")), out);

        assertOutIsLike(whole);
    }

    @Test
    void continuesAnInterruptedAssembly() throws IOException {
        GeneratedSet whole = whole(REQUEST);
        List<Path> slices = List.of(slice(REQUEST, "0-1"), slice(REQUEST, "2-3"));
        int[] finished = {0};
        SetListener cancelling = new SetListener() {
            @Override
            public void finished(GeneratedImage image) {
                finished[0]++;
            }

            @Override
            public boolean cancelled() {
                return finished[0] == 2;
            }
        };
        // An unfinished set has the journal that an assembly keeps, too.
        assertThrows(AtelierException.class, () -> studio.generate(REQUEST, out, cancelling));
        assertTrue(TestStudio.names(out).contains("set.journal"));

        assembler.assemble(slices, out);

        assertOutIsLike(whole);
    }

    @Test
    void namesMissingImages() {
        List<Path> slices = List.of(slice(REQUEST, "1"));

        assertRefused(
                Code.INVALID_REQUEST,
                slices,
                "No slice has the images 0,2-3 of the set; generate them with --only 0,2-3.");
    }

    @Test
    void namesWhatDiffers() {
        SetRequest other = REQUEST.toBuilder().seed(6L).build();
        Path one = slice(REQUEST, "0-1");
        Path two = slice(other, "2-3");

        String message = assertThrows(AtelierException.class, () -> assembler.assemble(List.of(one, two), out))
                .getMessage();

        assertTrue(
                message.startsWith(one + " and " + two + " are not slices of one set: 'seed' is 5 and 6; generate"),
                message);
        assertFalse(Files.exists(out));
    }

    @Test
    void refusesSlicesOfOtherThreads() {
        Path one = slice(REQUEST, "0-1");
        fakes.generator.threads = 4;
        Path two = slice(REQUEST, "2-3");

        assertRefused(
                Code.INVALID_REQUEST,
                List.of(one, two),
                "The number of threads is 1 for %s and 4 for %s, and the bytes of images depend on it; generate both with the same OMP_NUM_THREADS."
                        .formatted(one, two));
    }

    @Test
    void refusesSlicesOfAnotherVersion() {
        Path one = slice(REQUEST, "0-3");

        AtelierException fault =
                assertThrows(AtelierException.class, () -> assembler("0.2.0").assemble(List.of(one), out));

        assertEquals(
                "%s was generated by Atelier 0.1.0 (code same), and this is 0.2.0 (code same); assemble the slices with the version that generated them."
                        .formatted(one),
                fault.getMessage());
    }

    @Test
    void refusesWholeSetsAndChangedFilesTogether() throws IOException {
        Path whole = whole(REQUEST).folder();
        Path changed = slice(REQUEST, "0-1");
        Files.write(changed.resolve("001.png"), new byte[] {1});
        Path none = root.resolve("none");

        String message = assertThrows(
                        AtelierException.class, () -> assembler.assemble(List.of(whole, changed, none), out))
                .getMessage();

        assertEquals(3, message.lines().count(), message);
        assertTrue(message.contains("has a whole set, not a slice"), message);
        assertTrue(message.contains("001.png is missing or has changed"), message);
        assertTrue(message.contains(none.resolve("set.json").toString()), message);
    }

    @Test
    void refusesAFolderWithASet() throws IOException {
        List<Path> slices = List.of(slice(REQUEST, "0-3"));
        Path folder = whole(REQUEST).folder();

        AtelierException fault = assertThrows(AtelierException.class, () -> assembler.assemble(slices, folder));

        assertEquals(Code.OUTPUT_UNWRITABLE, fault.code());
        try (Stream<Path> files = Files.list(slices.get(0))) {
            assertEquals(5, files.count());
        }
    }

    private void assertRefused(Code code, List<Path> slices, String message) {
        AtelierException fault = assertThrows(AtelierException.class, () -> assembler.assemble(slices, out));

        assertEquals(code, fault.code());
        assertEquals(message, fault.getMessage());
        assertFalse(Files.exists(out));
    }
}
