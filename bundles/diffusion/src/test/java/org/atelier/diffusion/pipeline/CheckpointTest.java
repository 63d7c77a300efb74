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

/** A set that resumes from a checkpoint is bit-identical to an uninterrupted one. */
class CheckpointTest {

    private static final int STEPS = 5;

    /** Sets resume after every second step, or after each. */
    private static final int EVERY = ReferenceCases.all() ? 1 : 2;

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    /** PNDM makes its first step twice. */
    private static int steps(String sampler) {
        return sampler.equals("pndm") ? STEPS + 1 : STEPS;
    }

    /** Stores every state. */
    private record StoredStates(int expectedSteps, Optional<DenoisingState> last, List<DenoisingState> stored)
            implements Checkpoint {

        static StoredStates empty() {
            return empty(STEPS);
        }

        static StoredStates empty(int expectedSteps) {
            return new StoredStates(expectedSteps, Optional.empty(), new ArrayList<>());
        }

        /** @param every selects one state of so many */
        List<DenoisingState> after(int every) {
            return stored.stream().filter(state -> state.done() % every == 0).toList();
        }

        static StoredStates with(DenoisingState state) {
            return with(state, STEPS);
        }

        static StoredStates with(DenoisingState state, int expectedSteps) {
            return new StoredStates(expectedSteps, Optional.of(state), new ArrayList<>());
        }

        @Override
        public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {
            assertEquals(expectedSteps, steps);
            assertEquals(done, state.get().done());
            stored.add(state.get());
        }
    }

    /** Records the progress. */
    private static final class ProgressRecorder implements GenerationListener {
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

    private static GenerationSpec generation(String sampler, ImageSpec... images) {
        return generation(sampler, 5, images);
    }

    private static GenerationSpec generation(String sampler, double guidance, ImageSpec... images) {
        return new GenerationSpec(
                List.of(images),
                "watercolor",
                TestSamplers.named(sampler),
                STEPS,
                guidance,
                2,
                StyleWindow.ALL_STEPS,
                null);
    }

    private static final ImageSpec[] IMAGES = {
        new ImageSpec("a red fish, stained glass", 3, 32, 48, null),
        new ImageSpec("a house, stained glass", 4, 32, 48, null),
        new ImageSpec("a rocket, stained glass", 5, 64, 32, null),
        new ImageSpec("a castle, stained glass", 6, 32, 48, null)
    };

    private static List<float[]> generated(
            GenerationSpec generation, AttentionStrategy strategy, StoredStates checkpoint) {
        List<float[]> latents = new ArrayList<>();
        try (GeneratedLatents generated =
                LOADED.pipeline().generate(generation, List.of(), strategy, checkpoint, new GenerationListener() {})) {
            for (int i = 0; i < generated.count(); i++) {
                latents.add(generated.latents(i).toFloatArray());
            }
        }
        return latents;
    }

    /** Images of two sizes, of which some share a chunk. */
    @Test
    void resumesFromEveryStepBitIdentically() {
        assertResumes(generation("ddim", IMAGES), Strategies.everything(), STEPS, 1);
    }

    /** What a sampler keeps and draws depends on neither guidance nor chunks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ddim with noise",
                "ddim with eta 1",
                "euler",
                "euler-ancestral",
                "dpm++2m",
                "dpm++2m-sde",
                "unipc",
                "pndm",
                "lcm",
                "tcd"
            })
    void resumesEverySampler(String sampler) {
        assertResumes(generation(sampler, 1, IMAGES[0], IMAGES[2]), Strategies.shared(), steps(sampler), EVERY);
    }

    /** @param every a resumption after each so many steps */
    private static void assertResumes(GenerationSpec generation, AttentionStrategy strategy, int steps, int every) {
        StoredStates uninterrupted = StoredStates.empty(steps);
        List<float[]> expected = generated(generation, strategy, uninterrupted);

        assertEquals(steps, uninterrupted.stored.size());
        for (DenoisingState state : uninterrupted.after(every)) {
            StoredStates later = StoredStates.with(state, steps);
            List<float[]> resumed = generated(generation, strategy, later);
            assertEquals(steps - state.done(), later.stored.size());
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i), resumed.get(i), "image " + i + " after step " + state.done());
            }
        }
    }

    @Test
    void resumesASetWithFullSharing() {
        GenerationSpec generation = generation("unipc", IMAGES[0], IMAGES[1], IMAGES[3]);
        StoredStates uninterrupted = StoredStates.empty();
        List<float[]> expected = generated(generation, Strategies.full(), uninterrupted);

        List<float[]> resumed =
                generated(generation, Strategies.full(), StoredStates.with(uninterrupted.stored.get(2)));

        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), resumed.get(i));
        }
    }

    @Test
    void resumesWithTheObservedMaps() {
        GenerationSpec generation = generation("ddim", IMAGES);
        AttentionStrategy strategy = new FadedWord("glass");
        StoredStates uninterrupted = StoredStates.empty();
        List<float[]> expected = generated(generation, strategy, uninterrupted);

        for (DenoisingState state : uninterrupted.after(EVERY)) {
            assertEquals(IMAGES.length, state.maps().size(), "one map per image, since there is one resolution");
            List<float[]> resumed = generated(generation, strategy, StoredStates.with(state));
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i), resumed.get(i), "image " + i + " after step " + state.done());
            }
        }
        DenoisingState second = uninterrupted.stored.get(1);
        DenoisingState withoutMaps = new DenoisingState(second.done(), second.images(), List.of());
        assertFalse(Arrays.equals(
                expected.get(1),
                generated(generation, strategy, StoredStates.with(withoutMaps)).get(1)));
    }

    @Test
    void resumesWithTheMeanMapsOfTheReference() {
        GenerationSpec generation = generation("ddim", IMAGES);
        StoredStates uninterrupted = StoredStates.empty();
        List<float[]> expected = generated(generation, Strategies.excluding("fish"), uninterrupted);

        for (DenoisingState state : uninterrupted.after(EVERY)) {
            assertEquals(
                    IMAGES.length - 1,
                    state.maps().stream()
                            .filter(map -> map.reference() == 0 && map.steps() == state.done())
                            .count(),
                    "a sum for each image but the reference");
            List<float[]> resumed = generated(generation, Strategies.excluding("fish"), StoredStates.with(state));
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i), resumed.get(i), "image " + i + " after step " + state.done());
            }
        }
        DenoisingState fourth = uninterrupted.stored.get(3);
        DenoisingState withoutMaps = new DenoisingState(fourth.done(), fourth.images(), List.of());
        assertFalse(Arrays.equals(
                expected.get(1),
                generated(generation, Strategies.excluding("fish"), StoredStates.with(withoutMaps))
                        .get(1)));
    }

    @Test
    void theMeanMapsDoNotDependOnChunks() {
        List<float[]> pairs = generated(generation("ddim", IMAGES), Strategies.excluding("fish"), StoredStates.empty());
        GenerationSpec alone = new GenerationSpec(
                List.of(IMAGES[0], IMAGES[3]),
                "watercolor",
                TestSamplers.named("ddim"),
                STEPS,
                5,
                1,
                StyleWindow.ALL_STEPS,
                null);
        assertArrayEquals(
                pairs.get(3),
                generated(alone, Strategies.excluding("fish"), StoredStates.empty())
                        .get(1),
                1e-4f);
    }

    /** Stores every inversion state; starts from given ones. */
    private record Inversions(Map<Integer, FloatTensor> initial, List<Map.Entry<Integer, FloatTensor>> stored)
            implements Checkpoint {

        static Inversions startingWith(Map<Integer, FloatTensor> initial) {
            return new Inversions(initial, new ArrayList<>());
        }

        @Override
        public Optional<DenoisingState> last() {
            return Optional.empty();
        }

        @Override
        public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {}

        @Override
        public Optional<FloatTensor> lastInversion(int reference) {
            return Optional.ofNullable(initial.get(reference));
        }

        @Override
        public void inversionStepCompleted(int reference, int done, int steps, Supplier<FloatTensor> latents) {
            assertEquals(STEPS, steps);
            assertEquals(done + 1, latents.get().shape().get(0));
            stored.add(Map.entry(reference, latents.get()));
        }
    }

    private static GenerationSpec withReferences(BufferedImage... images) {
        List<ReferenceImage> references = Arrays.stream(images)
                .map(image -> new ReferenceImage(image, "a boat", 1.0 / images.length))
                .toList();
        return new GenerationSpec(
                List.of(IMAGES[0]),
                null,
                TestSamplers.named("ddim"),
                1,
                5,
                1,
                StyleWindow.ALL_STEPS,
                new ReferenceImages(references, latents -> Optional.empty(), STEPS, 2, 0));
    }

    private static BufferedImage plain(int colour) {
        BufferedImage image = new BufferedImage(32, 48, BufferedImage.TYPE_3BYTE_BGR);
        for (int x = 0; x < 32; x++) {
            image.setRGB(x, x, colour);
        }
        return image;
    }

    private static float[] generatedWithReferences(
            GenerationSpec generation, Checkpoint checkpoint, GenerationListener listener) {
        try (GeneratedLatents generated =
                LOADED.pipeline().generate(generation, List.of(), Strategies.shared(), checkpoint, listener)) {
            return generated.latents(0).toFloatArray();
        }
    }

    @Test
    void resumesTheInversionOfItsReferences() {
        GenerationSpec generation = withReferences(plain(0xff0000), plain(0x00ff00));
        Inversions uninterrupted = Inversions.startingWith(Map.of());
        float[] expected = generatedWithReferences(generation, uninterrupted, new ProgressRecorder());
        Map<Integer, FloatTensor> stored = new HashMap<>();

        assertEquals(2 * STEPS, uninterrupted.stored.size());
        for (int steps : List.of(1, STEPS, STEPS + 2, 2 * STEPS)) {
            uninterrupted.stored.subList(0, steps).forEach(each -> stored.put(each.getKey(), each.getValue()));
            Inversions later = Inversions.startingWith(stored);
            ProgressRecorder recorder = new ProgressRecorder();
            assertArrayEquals(
                    expected, generatedWithReferences(generation, later, recorder), "after " + steps + " steps");
            assertEquals(uninterrupted.stored.subList(steps, 2 * STEPS), later.stored);
            assertEquals(Math.min(steps, STEPS) + "/10", recorder.inverted.get(0));
            assertEquals("10/10", recorder.inverted.get(recorder.inverted.size() - 1));
        }
    }

    @Test
    void ignoresTheInversionOfAnotherImage() {
        Inversions other = Inversions.startingWith(Map.of());
        generatedWithReferences(withReferences(plain(0xff0000)), other, new ProgressRecorder());
        Inversions uninterrupted = Inversions.startingWith(Map.of());
        GenerationSpec generation = withReferences(plain(0x00ff00));
        float[] expected = generatedWithReferences(generation, uninterrupted, new ProgressRecorder());

        Inversions resumed =
                Inversions.startingWith(Map.of(0, other.stored.get(3).getValue()));

        assertArrayEquals(expected, generatedWithReferences(generation, resumed, new ProgressRecorder()));
        assertEquals(uninterrupted.stored, resumed.stored);
    }

    @Test
    void reportsItsProgressAtOnce() {
        GenerationSpec generation = generation("ddim", IMAGES[0], IMAGES[1]);
        StoredStates uninterrupted = StoredStates.empty();
        generated(generation, Strategies.shared(), uninterrupted);
        ProgressRecorder recorder = new ProgressRecorder();

        LOADED.pipeline()
                .generate(
                        generation,
                        List.of(),
                        Strategies.shared(),
                        StoredStates.with(uninterrupted.stored.get(3)),
                        recorder)
                .close();

        assertEquals(List.of("8/10", "9/10", "10/10"), recorder.generated);
    }

    @Test
    void rejectsTheCheckpointOfAnotherSet() {
        StoredStates other = StoredStates.empty();
        generated(generation("ddim", IMAGES[0], IMAGES[1]), Strategies.shared(), other);
        StoredStates checkpoint = StoredStates.with(other.stored.get(0));

        for (GenerationSpec generation : List.of(
                generation("ddim", IMAGES[0]),
                generation("ddim", IMAGES[0], IMAGES[2]),
                new GenerationSpec(
                        List.of(IMAGES[0]), null, TestSamplers.named("ddim"), 1, 5, 1, StyleWindow.ALL_STEPS, null))) {
            AtelierException fault =
                    assertThrows(AtelierException.class, () -> generated(generation, Strategies.shared(), checkpoint));
            assertEquals(AtelierException.Code.INPUT_UNREADABLE, fault.code());
        }
    }
}
