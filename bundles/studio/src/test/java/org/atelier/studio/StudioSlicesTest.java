package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.Panorama;
import org.atelier.api.set.Progress;
import org.atelier.api.set.Progress.Phase;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.slice.SetDivision;
import org.atelier.api.slice.SliceInputs;
import org.atelier.files.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Sets that are divided, with inversions that are computed once and files that lie elsewhere. */
class StudioSlicesTest {

    private static final SetListener IGNORED = new SetListener() {};

    @TempDir
    private Path root;

    private AtelierStudio studio;
    private Path reference;

    @BeforeEach
    void prepare() throws IOException {
        studio = new TestStudio().withRealSampler().studio(new DiffusionImageGenerator(), "0.1.0", 60);
        reference = Files.copy(FirstSet.TILE, root.resolve("tile.png"));
    }

    private static SetRequest prompts(String... prompts) {
        return SetRequest.builder()
                .prompts(prompts)
                .seed(5L)
                .steps(2)
                .sampler("unipc")
                .width(32)
                .height(32)
                .chunk(2)
                .build();
    }

    private SetRequest referenced() {
        return prompts("a house", "a fish", "a cat").toBuilder()
                .references(new ReferenceFile(reference.toString(), "a tile", 1, null))
                .inversionSteps(4)
                .inversionOffset(1)
                .build();
    }

    private SetDivision divided(SetRequest request) {
        return studio.divide(request, IGNORED);
    }

    private static List<String> texts(List<ImageSelection> chunks) {
        return chunks.stream().map(ImageSelection::toString).toList();
    }

    private static void assertFault(Code code, String message, Executable call) {
        AtelierException fault = assertThrows(AtelierException.class, call);
        assertEquals(message, fault.getMessage());
        assertEquals(code, fault.code());
    }

    @Test
    void keepsNetworksUntilTheyAreReleased() {
        FakeImageGenerator generator = new FakeImageGenerator();
        AtelierStudio fake = new TestStudio().withRealSampler().studio(generator, "0.1.0", 60);

        fake.generate(prompts("a cat"), root.resolve("set"), IGNORED);
        assertFalse(generator.keepsNetworks);
        fake.generate(prompts("a cat"), SliceInputs.NONE, SetOutput.to(root.resolve("slice")), IGNORED);
        assertTrue(generator.keepsNetworks);
        fake.release();
        assertFalse(generator.keepsNetworks);
    }

    @Test
    void namesTheChunksOfASet() {
        SetRequest plain = prompts("a house", "a dragon", "a fish", "a cat");

        assertEquals(List.of("0", "1-2", "3"), texts(divided(plain).chunks()));
        assertEquals(List.of("0", "1-2", "3"), texts(divided(referenced()).chunks()));
        assertEquals(4, divided(plain).images());
        assertEquals(4, divided(referenced()).images());
    }

    @Test
    void imagesOfOneSizeAreInOneChunk() {
        List<SetItem> items = List.of(
                SetItem.of("a house"),
                new SetItem("a fish", null, 40, 32, Map.of()),
                SetItem.of("a cat"),
                new SetItem("a cup", null, 40, 32, Map.of()));

        assertEquals(
                List.of("0", "1,3", "2"),
                texts(divided(prompts("a").toBuilder().items(items).build()).chunks()));
    }

    @Test
    void aSetThatCannotBeDividedIsOneChunk() {
        SetRequest panorama = prompts("a house", "a fish").toBuilder()
                .panorama(new Panorama(true, null, false))
                .width(256)
                .height(256)
                .build();

        assertEquals(List.of("0-1"), texts(divided(panorama).chunks()));
        assertEquals(
                List.of("0", "1"),
                texts(divided(panorama.toBuilder().chunk(1).build()).chunks()));
    }

    @Test
    void theRequestOfADivisionIsResolvedOnce() throws IOException {
        SetDivision division = divided(referenced().toBuilder().seed(null).build());

        assertEquals(division, divided(division.request()));
        assertEquals(Map.of(reference, Sha256.of(reference)), division.inputs());
    }

    @Test
    void theKeyIsThatOfTheInversions() throws IOException {
        SetRequest request = referenced();
        String key = divided(request).inversion();

        assertEquals(64, key.length());
        assertEquals(
                key,
                divided(request.toBuilder()
                                .prompts("a star")
                                .style("pop art")
                                .seed(9L)
                                .steps(3)
                                .cfgScale(4)
                                .chunk(1)
                                .build())
                        .inversion());
        Path copy = Files.copy(reference, root.resolve("copy.png"));
        assertEquals(
                key,
                divided(request.toBuilder()
                                .references(new ReferenceFile(copy.toString(), "a tile", 1, null))
                                .build())
                        .inversion());
        for (SetRequest other : List.of(
                request.toBuilder()
                        .references(new ReferenceFile(reference.toString(), "a roof", 1, null))
                        .build(),
                request.toBuilder().inversionSteps(5).build(),
                request.toBuilder().inversionOffset(0).build(),
                request.toBuilder().inversionCfg(3.0).build(),
                request.toBuilder().width(40).build(),
                request.toBuilder().dtype("bfloat16").build())) {
            assertNotEquals(key, divided(other).inversion());
        }
        assertNull(divided(prompts("a house")).inversion());
    }

    /** Inverts elsewhere what the set inverts in place; all files are compared. */
    @Test
    void inversionsComputedBeforeGiveTheSameFiles() throws IOException {
        SetRequest request = divided(referenced()).request();
        studio.generate(request, root.resolve("in-place"), IGNORED);
        Path inversions = root.resolve("inversions");
        studio.invert(request, Map.of(), inversions, IGNORED);
        int[] inverted = {0};
        SetListener counting = new SetListener() {
            @Override
            public void progressed(Progress progress) {
                inverted[0] += progress.phase() == Phase.INVERTING ? 1 : 0;
            }
        };

        studio.generate(request, new SliceInputs(Map.of(), inversions), SetOutput.to(root.resolve("before")), counting);

        assertEquals(0, inverted[0]);
        assertEquals(
                List.of("000.png", "001.png", "002.png", "003.png", "contact-sheet.png", "set.json"),
                TestStudio.names(root.resolve("before")));
        assertSameFiles("in-place", "before");
    }

    private void assertSameFiles(String expected, String actual) throws IOException {
        assertEquals(TestStudio.names(root.resolve(expected)), TestStudio.names(root.resolve(actual)));
        for (String name : TestStudio.names(root.resolve(expected))) {
            assertArrayEquals(
                    Files.readAllBytes(root.resolve(expected).resolve(name)),
                    Files.readAllBytes(root.resolve(actual).resolve(name)),
                    name);
        }
    }

    @Test
    void refusesInversionsOfAnotherSet() {
        SetRequest request = divided(referenced()).request();
        Path inversions = root.resolve("inversions");
        studio.invert(request, Map.of(), inversions, IGNORED);

        SetRequest other =
                divided(referenced().toBuilder().inversionCfg(3.0).build()).request();
        assertFault(
                Code.INPUT_UNREADABLE,
                inversions
                        + ": the inversions of other references, with another model, other settings or another build of Atelier; invert the references of this set.",
                () -> generate(other, inversions));
        assertFault(
                Code.INVALID_REQUEST,
                "Nothing of this set can be inverted beforehand; generate it without stored inversions.",
                () -> generate(divided(prompts("a house")).request(), inversions));
        assertFault(
                Code.INPUT_UNREADABLE, reference + ": not a file of inversions.", () -> generate(request, reference));
        assertFalse(Files.exists(root.resolve("set")));
    }

    @Test
    void refusesDamagedInversions() throws IOException {
        SetRequest request = divided(referenced()).request();
        Path inversions = root.resolve("inversions");
        studio.invert(request, Map.of(), inversions, IGNORED);
        byte[] content = Files.readAllBytes(inversions);
        Path damaged = Files.write(root.resolve("damaged"), Arrays.copyOf(content, content.length / 2));

        assertFault(
                Code.INPUT_UNREADABLE,
                damaged + ": a file of inversions that is damaged or truncated; copy it again.",
                () -> generate(request, damaged));
    }

    private void generate(SetRequest request, Path inversions) {
        studio.generate(request, new SliceInputs(Map.of(), inversions), SetOutput.to(root.resolve("set")), IGNORED);
    }

    @Test
    void doesNotReplaceAFileByInversions() {
        assertFault(
                Code.OUTPUT_UNWRITABLE,
                reference + " already exists; choose another file or remove it.",
                () -> studio.invert(referenced(), Map.of(), reference, IGNORED));
        assertFault(
                Code.INVALID_REQUEST,
                "Nothing of this set can be inverted beforehand; generate it without stored inversions.",
                () -> studio.invert(prompts("a house"), Map.of(), root.resolve("inversions"), IGNORED));
        assertFalse(Files.exists(root.resolve("inversions")));
    }

    @Test
    void filesElsewhereGiveTheSameFiles() throws IOException {
        SetRequest request = divided(referenced()).request();
        studio.generate(request, root.resolve("here"), IGNORED);
        Path moved = Files.move(reference, root.resolve("0"));
        SliceInputs inputs = new SliceInputs(Map.of(reference, moved), null);

        studio.generate(request, inputs, SetOutput.to(root.resolve("elsewhere")), IGNORED);

        assertSameFiles("here", "elsewhere");
        assertTrue(Files.readString(root.resolve("elsewhere/set.json")).contains(reference.toString()));
    }

    @Test
    void refusesAnotherFileElsewhere() throws IOException {
        SetRequest request = divided(referenced()).request();
        Path other = Files.copy(Path.of("src/test/resources/pictures/grey.png"), root.resolve("other.png"));

        assertFault(
                Code.INPUT_UNREADABLE,
                reference
                        + " has changed since the request was resolved; restore the old image, or give the new one with --reference.",
                () -> studio.generate(
                        request,
                        new SliceInputs(Map.of(reference, other), null),
                        SetOutput.to(root.resolve("set")),
                        IGNORED));
        Path missing = root.resolve("missing");
        assertFault(
                Code.INPUT_UNREADABLE,
                missing + ": no such file.",
                () -> studio.generate(
                        request,
                        new SliceInputs(Map.of(reference, missing), null),
                        SetOutput.to(root.resolve("set")),
                        IGNORED));
    }
}
