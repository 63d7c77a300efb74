package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.Panorama;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.plugins.FakePlugins;
import org.atelier.plugins.PluginKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slice has some files of the whole set. */
class SlicedSetTest {

    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a house", "a dragon", "a fish", "a cat", "a boat", "a star")
            .seed(5L)
            .steps(2)
            .sampler("unipc")
            .width(32)
            .height(32)
            .chunk(2)
            .build();

    private final FakeImageGenerator generator = new FakeImageGenerator();

    @TempDir
    private Path root;

    private Path folder;
    private AtelierStudio studio;

    @BeforeEach
    void begin() {
        folder = root.resolve("slice");
        studio = studio(generator);
    }

    private static AtelierStudio studio(ImageGenerator generator) {
        return new TestStudio().withRealSampler().studio(generator, "0.1.0", 0);
    }

    private static SetOutput slice(Path folder, String images) {
        return SetOutput.slice(folder, ImageSelection.parse(images));
    }

    private static List<String> names(GeneratedSet set) {
        return set.images().stream()
                .map(image -> image.file().getFileName().toString())
                .toList();
    }

    @Test
    void writesTheSelectedImagesWithTheMetadataOfTheWhole() throws IOException {
        GeneratedSet whole = studio.generate(REQUEST, root.resolve("whole"), new SetListener() {});
        GeneratedSet slice = studio.generate(REQUEST, slice(folder, "2-3,5"), new SetListener() {});

        assertEquals(List.of("002.png", "003.png", "005.png"), names(slice));
        assertEquals(List.of("002.png", "003.png", "005.png", "set.json"), TestStudio.names(folder));
        for (String name : names(slice)) {
            assertArrayEquals(
                    Files.readAllBytes(whole.folder().resolve(name)), Files.readAllBytes(folder.resolve(name)), name);
        }
        assertEquals(whole.request(), slice.request());
        assertNull(slice.contactSheet());
        assertTrue(Files.readString(slice.record()).contains("\"images\": \"2-3,5\""));
        assertFalse(Files.readString(whole.record()).contains("\"slice\""));
    }

    @Test
    void theNetworksGiveTheBytesOfTheWhole() throws IOException {
        AtelierStudio real = studio(new DiffusionImageGenerator());
        GeneratedSet whole = real.generate(REQUEST, root.resolve("whole"), new SetListener() {});

        real.generate(REQUEST, slice(folder, "4"), new SetListener() {});

        assertArrayEquals(
                Files.readAllBytes(whole.folder().resolve("004.png")), Files.readAllBytes(folder.resolve("004.png")));
    }

    @Test
    void startsAgainWithAnotherNumberOfThreads() throws IOException {
        SetListener cancelling = new SetListener() {
            @Override
            public boolean cancelled() {
                return !generator.decoded.isEmpty();
            }
        };
        assertThrows(AtelierException.class, () -> studio.generate(REQUEST, slice(folder, "1,3"), cancelling));
        generator.decoded.clear();
        generator.threads = 4;
        List<String> notes = new ArrayList<>();

        GeneratedSet resumed = studio.resume(folder, new SetListener() {
            @Override
            public void noted(String sentence) {
                notes.add(sentence);
            }
        });

        assertEquals(
                "The number of threads was 1 when this slice was started and is 4 now, so the slice is generated again from the start.",
                notes.get(0));
        assertEquals(List.of(1, 3), generator.decoded);
        assertTrue(Files.readString(resumed.record()).contains("\"threads\": 4"));
    }

    @Test
    void aReconstructionIsImageZero() throws IOException {
        generator.inverted = FirstSet.TRAJECTORIES;
        generator.reconstructions = 1;
        SetRequest request = FirstSet.IMAGED.toBuilder().chunk(1).build();

        GeneratedSet without = studio.generate(request, slice(folder, "1,3"), new SetListener() {});
        GeneratedSet alone = studio.generate(request, slice(root.resolve("zero"), "0"), new SetListener() {});

        assertEquals(List.of("001.png", "003.png"), names(without));
        assertEquals(List.of("000.png"), names(alone));
    }

    @Test
    void resumesASlice() throws IOException {
        studio.generate(REQUEST, slice(root.resolve("undisturbed"), "1,3-4"), new SetListener() {});
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
        assertThrows(AtelierException.class, () -> studio.generate(REQUEST, slice(folder, "1,3-4"), cancelling));
        generator.decoded.clear();

        GeneratedSet resumed = studio.resume(folder, new SetListener() {});

        assertEquals(List.of(4), generator.decoded);
        assertEquals(List.of("001.png", "003.png", "004.png"), names(resumed));
        for (String name : TestStudio.names(root.resolve("undisturbed"))) {
            assertArrayEquals(
                    Files.readAllBytes(root.resolve("undisturbed").resolve(name)),
                    Files.readAllBytes(folder.resolve(name)),
                    name);
        }
        assertEquals(resumed, studio.resume(folder, new SetListener() {}));
    }

    /** Of five images, the slice generates the reference and the chunk of the last two; a checkpoint has these. */
    @Test
    void resumesASliceBetweenTwoSteps() throws IOException {
        SetRequest request =
                REQUEST.toBuilder().prompts("a", "b", "c", "d", "e").build();
        AtelierStudio real = studio(new DiffusionImageGenerator());
        real.generate(request, slice(root.resolve("undisturbed"), "4"), new SetListener() {});
        int[] generated = {0};
        SetListener cancelling = new SetListener() {
            @Override
            public void progressed(Progress progress) {
                if (progress.phase() == Progress.Phase.GENERATING) {
                    generated[0] = progress.done();
                    assertEquals(6, progress.total());
                }
            }

            @Override
            public boolean cancelled() {
                return generated[0] == 3;
            }
        };
        assertThrows(AtelierException.class, () -> real.generate(request, slice(folder, "4"), cancelling));
        assertEquals(List.of("set.checkpoint", "set.journal"), TestStudio.names(folder));

        real.resume(folder, new SetListener() {});

        assertArrayEquals(
                Files.readAllBytes(root.resolve("undisturbed/004.png")), Files.readAllBytes(folder.resolve("004.png")));
    }

    @Test
    void refusesImagesThatTheSetHasNot() {
        assertRefused(
                REQUEST,
                slice(folder, "4-6"),
                "There is no image 6: the set has the images 0 to 5, 000.png to 005.png; select some of these.");
    }

    @Test
    void refusesAStyleCardOfASlice() {
        assertRefused(
                REQUEST,
                new SetOutput(folder, root.resolve("a.style"), ImageSelection.of(0, 1)),
                "A style card is saved with a whole set, not with a slice; omit --save-style or --only.");
    }

    @Test
    void refusesPartsOfASetWhoseChunksHoldParts() {
        SetRequest panorama = REQUEST.toBuilder()
                .panorama(new Panorama(true, null, false))
                .width(256)
                .height(256)
                .build();
        assertRefused(
                panorama,
                slice(folder, "4"),
                "The chunks of 2 hold parts of several images, so a slice of this set needs chunks of one: give --chunk 1 for all slices.");
    }

    @Test
    void refusesPartsOfASetWhoseImagesAreCoupled() {
        TestStudio fakes = new TestStudio().withRealSampler();
        fakes.plugins.bind(
                PluginKind.ATTENTION, fakes.plugins.factoryOf(new Coupled()), FakePlugins.withoutOptions("full", 21));
        studio = fakes.studio();

        assertRefused(
                REQUEST.toBuilder().attention("full").build(),
                slice(folder, "4"),
                "The attention 'full' couples all images of a set, so a slice would generate all of them; generate the whole set, or choose shared.");
    }

    private record Coupled() implements AttentionStrategy {

        @Override
        public Coupling coupling() {
            return Coupling.SET;
        }

        @Override
        public Attention at(AttentionLayer layer) {
            return call -> call.own().value();
        }
    }

    private void assertRefused(SetRequest request, SetOutput output, String message) {
        AtelierException fault =
                assertThrows(AtelierException.class, () -> studio.generate(request, output, new SetListener() {}));

        assertEquals(Code.INVALID_REQUEST, fault.code());
        assertEquals(message, fault.getMessage());
        assertFalse(Files.exists(folder));
    }
}
