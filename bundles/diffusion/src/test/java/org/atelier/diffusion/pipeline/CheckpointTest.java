package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.attention.FadedWord;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.DenoisingState;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.models.safetensors.FloatTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A set that goes on from a checkpoint ends at the bits of one that nothing disturbed. */
class CheckpointTest {

    private static final int STEPS = 5;

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    /** Keeps every state that it is offered. */
    private record Shelf(Optional<DenoisingState> last, List<DenoisingState> kept) implements Checkpoint {

        static Shelf empty() {
            return new Shelf(Optional.empty(), new ArrayList<>());
        }

        static Shelf with(DenoisingState state) {
            return new Shelf(Optional.of(state), new ArrayList<>());
        }

        @Override
        public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {
            assertEquals(STEPS, steps);
            assertEquals(done, state.get().done());
            kept.add(state.get());
        }
    }

    /** Notes how far it was told the set is. */
    private static final class Witness implements GenerationListener {
        private final List<String> generated = new ArrayList<>();
        private final List<String> inverted = new ArrayList<>();

        @Override
        public void inversionAdvanced(int done, int total) {
            inverted.add(done + "/" + total);
        }

        @Override
        public void denoisingAdvanced(int done, int total) {
            generated.add(done + "/" + total);
        }
    }

    private static GenerationSpec generation(String sampler, ImageSpec... subjects) {
        return new GenerationSpec(
                List.of(subjects), "watercolor", TestSamplers.named(sampler), STEPS, 5, 2, StyleWindow.ALL_STEPS, null);
    }

    private static final ImageSpec[] SUBJECTS = {
        new ImageSpec("a red fish, stained glass", 3, 32, 48, null),
        new ImageSpec("a house, stained glass", 4, 32, 48, null),
        new ImageSpec("a rocket, stained glass", 5, 64, 32, null),
        new ImageSpec("a castle, stained glass", 6, 32, 48, null)
    };

    private static List<float[]> generated(GenerationSpec generation, AttentionStrategy strategy, Shelf shelf) {
        List<float[]> latents = new ArrayList<>();
        try (GeneratedLatents generated =
                LOADED.pipeline().generate(generation, List.of(), strategy, shelf, new GenerationListener() {})) {
            for (int i = 0; i < generated.count(); i++) {
                latents.add(generated.latents(i).toFloatArray());
            }
        }
        return latents;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "ddim with noise", "euler", "dpm++2m", "unipc"})
    void goesOnFromEveryStepToTheSameBits(String sampler) {
        GenerationSpec generation = generation(sampler, SUBJECTS);
        Shelf undisturbed = Shelf.empty();
        List<float[]> expected = generated(generation, Strategies.everything(), undisturbed);

        assertEquals(STEPS, undisturbed.kept.size());
        for (DenoisingState state : undisturbed.kept) {
            Shelf later = Shelf.with(state);
            List<float[]> resumed = generated(generation, Strategies.everything(), later);
            assertEquals(STEPS - state.done(), later.kept.size());
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i), resumed.get(i), "image " + i + " after step " + state.done());
            }
        }
    }

    @Test
    void goesOnWithASetWhoseImagesAllSeeEachOther() {
        GenerationSpec generation = generation("unipc", SUBJECTS[0], SUBJECTS[1], SUBJECTS[3]);
        Shelf undisturbed = Shelf.empty();
        List<float[]> expected = generated(generation, Strategies.full(), undisturbed);

        List<float[]> resumed = generated(generation, Strategies.full(), Shelf.with(undisturbed.kept.get(2)));

        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), resumed.get(i));
        }
    }

    @Test
    void goesOnWithWhatWasObserved() {
        GenerationSpec generation = generation("ddim", SUBJECTS);
        AttentionStrategy strategy = new FadedWord("glass");
        Shelf undisturbed = Shelf.empty();
        List<float[]> expected = generated(generation, strategy, undisturbed);

        for (DenoisingState state : undisturbed.kept) {
            assertEquals(SUBJECTS.length, state.maps().size(), "one of each image, for there is one resolution");
            List<float[]> resumed = generated(generation, strategy, Shelf.with(state));
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i), resumed.get(i), "image " + i + " after step " + state.done());
            }
        }
        DenoisingState second = undisturbed.kept.get(1);
        DenoisingState blind = new DenoisingState(second.done(), second.images(), List.of());
        assertFalse(Arrays.equals(
                expected.get(1),
                generated(generation, strategy, Shelf.with(blind)).get(1)));
    }

    /** Keeps what it is offered of every reference's inversion; began with that of one. */
    private record Inversions(Map<Integer, FloatTensor> begun, List<Map.Entry<Integer, FloatTensor>> kept)
            implements Checkpoint {

        static Inversions begunWith(Map<Integer, FloatTensor> begun) {
            return new Inversions(begun, new ArrayList<>());
        }

        @Override
        public Optional<DenoisingState> last() {
            return Optional.empty();
        }

        @Override
        public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {}

        @Override
        public Optional<FloatTensor> lastInversion(int reference) {
            return Optional.ofNullable(begun.get(reference));
        }

        @Override
        public void inversionStepCompleted(int reference, int done, int steps, Supplier<FloatTensor> latents) {
            assertEquals(STEPS, steps);
            assertEquals(done + 1, latents.get().shape().get(0));
            kept.add(Map.entry(reference, latents.get()));
        }
    }

    private static GenerationSpec following(BufferedImage... images) {
        List<ReferenceImage> references = Arrays.stream(images)
                .map(image -> new ReferenceImage(image, "a boat", 1.0 / images.length))
                .toList();
        return new GenerationSpec(
                List.of(SUBJECTS[0]),
                null,
                TestSamplers.named("ddim"),
                1,
                5,
                1,
                StyleWindow.ALL_STEPS,
                new ReferenceImages(references, apart -> Optional.empty(), STEPS, 2, 0));
    }

    private static BufferedImage plain(int colour) {
        BufferedImage image = new BufferedImage(32, 48, BufferedImage.TYPE_3BYTE_BGR);
        for (int x = 0; x < 32; x++) {
            image.setRGB(x, x, colour);
        }
        return image;
    }

    private static float[] followed(GenerationSpec generation, Checkpoint checkpoint, GenerationListener listener) {
        try (GeneratedLatents generated =
                LOADED.pipeline().generate(generation, List.of(), Strategies.shared(), checkpoint, listener)) {
            return generated.latents(0).toFloatArray();
        }
    }

    @Test
    void goesOnWithTheInversionOfItsReferences() {
        GenerationSpec generation = following(plain(0xff0000), plain(0x00ff00));
        Inversions undisturbed = Inversions.begunWith(Map.of());
        float[] expected = followed(generation, undisturbed, new Witness());
        Map<Integer, FloatTensor> kept = new HashMap<>();

        assertEquals(2 * STEPS, undisturbed.kept.size());
        for (int steps : List.of(1, STEPS, STEPS + 2, 2 * STEPS)) {
            undisturbed.kept.subList(0, steps).forEach(each -> kept.put(each.getKey(), each.getValue()));
            Inversions later = Inversions.begunWith(kept);
            Witness witness = new Witness();
            assertArrayEquals(expected, followed(generation, later, witness), "after " + steps + " steps");
            assertEquals(undisturbed.kept.subList(steps, 2 * STEPS), later.kept);
            assertEquals(Math.min(steps, STEPS) + "/10", witness.inverted.get(0));
            assertEquals("10/10", witness.inverted.get(witness.inverted.size() - 1));
        }
    }

    @Test
    void doesNotGoOnWithTheInversionOfAnotherImage() {
        Inversions other = Inversions.begunWith(Map.of());
        followed(following(plain(0xff0000)), other, new Witness());
        Inversions undisturbed = Inversions.begunWith(Map.of());
        GenerationSpec generation = following(plain(0x00ff00));
        float[] expected = followed(generation, undisturbed, new Witness());

        Inversions misled = Inversions.begunWith(Map.of(0, other.kept.get(3).getValue()));

        assertArrayEquals(expected, followed(generation, misled, new Witness()));
        assertEquals(undisturbed.kept, misled.kept);
    }

    @Test
    void tellsAtOnceHowFarItIs() {
        GenerationSpec generation = generation("ddim", SUBJECTS[0], SUBJECTS[1]);
        Shelf undisturbed = Shelf.empty();
        generated(generation, Strategies.shared(), undisturbed);
        Witness witness = new Witness();

        LOADED.pipeline()
                .generate(generation, List.of(), Strategies.shared(), Shelf.with(undisturbed.kept.get(3)), witness)
                .close();

        assertEquals(List.of("8/10", "9/10", "10/10"), witness.generated);
    }

    @Test
    void refusesTheCheckpointOfAnotherSet() {
        Shelf other = Shelf.empty();
        generated(generation("ddim", SUBJECTS[0], SUBJECTS[1]), Strategies.shared(), other);
        Shelf shelf = Shelf.with(other.kept.get(0));

        for (GenerationSpec generation : List.of(
                generation("ddim", SUBJECTS[0]),
                generation("ddim", SUBJECTS[0], SUBJECTS[2]),
                new GenerationSpec(
                        List.of(SUBJECTS[0]),
                        null,
                        TestSamplers.named("ddim"),
                        1,
                        5,
                        1,
                        StyleWindow.ALL_STEPS,
                        null))) {
            AtelierException fault =
                    assertThrows(AtelierException.class, () -> generated(generation, Strategies.shared(), shelf));
            assertEquals(AtelierException.Code.INPUT_UNREADABLE, fault.code());
        }
    }
}
