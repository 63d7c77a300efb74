package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.DenoisingState;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StackedLatents;
import org.atelier.diffusion.sampling.StartLatents;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.models.safetensors.FloatTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that start from given latents, alone and in a set. */
class StartLatentsTest {

    private static final int STEPS = 5;
    private static final List<String> PROMPTS = List.of("a red fish", "a house", "a rocket");

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    /** Stores the state after every step. */
    private record StoredStates(List<DenoisingState> stored) implements Checkpoint {

        @Override
        public Optional<DenoisingState> last() {
            return Optional.empty();
        }

        @Override
        public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {
            stored.add(state.get());
        }

        /** The latents of an image before a step. */
        StartLatents before(int step, int image) {
            FloatTensor arrays = stored.get(step - 1).images().get(image).arrays();
            return new StartLatents(
                    StackedLatents.of(List.of(StackedLatents.unstack(arrays, LOADED.model().manager)
                            .get(0))),
                    step,
                    false);
        }
    }

    /** Records the progress. */
    private static final class ProgressRecorder implements GenerationListener {
        private final List<String> generated = new ArrayList<>();

        @Override
        public void denoisingAdvanced(int done, int total) {
            generated.add(done + "/" + total);
        }
    }

    private static ImageSpec image(int index, StartLatents start) {
        return new ImageSpec(PROMPTS.get(index), 3L + index, 32, 48, null, start);
    }

    private static GenerationSpec set(String sampler, StartLatents... starts) {
        return new GenerationSpec(
                IntStream.range(0, starts.length)
                        .mapToObj(index -> image(index, starts[index]))
                        .toList(),
                "watercolor",
                TestSamplers.named(sampler),
                STEPS,
                5,
                1,
                StyleWindow.ALL_STEPS,
                null);
    }

    private static List<float[]> generated(
            GenerationSpec set, AttentionStrategy strategy, Checkpoint checkpoint, GenerationListener listener) {
        try (GeneratedLatents generated = LOADED.pipeline().generate(set, List.of(), strategy, checkpoint, listener)) {
            return IntStream.range(0, generated.count())
                    .mapToObj(index -> generated.latents(index).toFloatArray())
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "euler"})
    void imagesWithALaterFirstStepEndAtTheSameLatents(String sampler) {
        StoredStates states = new StoredStates(new ArrayList<>());
        ProgressRecorder recorder = new ProgressRecorder();
        List<float[]> whole =
                generated(set(sampler, null, null, null), Strategies.everything(), states, new GenerationListener() {});

        List<float[]> late = generated(
                set(sampler, states.before(1, 0), states.before(2, 1), states.before(4, 2)),
                Strategies.everything(),
                Checkpoint.none(),
                recorder);

        for (int image = 0; image < whole.size(); image++) {
            assertArrayEquals(whole.get(image), late.get(image), "image " + image);
        }
        assertEquals(
                List.of("1/8", "2/8", "3/8", "4/8", "5/8", "6/8", "7/8", "8/8"),
                recorder.generated,
                "4 steps, 3 steps and 1 step");
    }

    /** A checkpoint from before the first step of an image counts neither its steps nor its noise. */
    @Test
    void resumesASetBeforeTheFirstStepOfAnImage() {
        StoredStates whole = new StoredStates(new ArrayList<>());
        generated(set("ddim", null, null), Strategies.shared(), whole, new GenerationListener() {});
        GenerationSpec late = set("ddim", null, whole.before(3, 1));
        StoredStates uninterrupted = new StoredStates(new ArrayList<>());
        List<float[]> expected = generated(late, Strategies.shared(), uninterrupted, new GenerationListener() {});
        ProgressRecorder recorder = new ProgressRecorder();

        List<float[]> resumed = generated(
                late,
                Strategies.shared(),
                new Checkpoint() {
                    @Override
                    public Optional<DenoisingState> last() {
                        return Optional.of(uninterrupted.stored.get(1));
                    }

                    @Override
                    public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {}
                },
                recorder);

        for (int image = 0; image < expected.size(); image++) {
            assertArrayEquals(expected.get(image), resumed.get(image), "image " + image);
        }
        assertEquals("2/7", recorder.generated.get(0));
    }

    /** The earlier an image starts, the more noise is added to its clean latents. */
    @Test
    void anImageIsCloserToItsCleanLatentsTheLaterItStarts() {
        FloatTensor clean =
                StackedLatents.of(List.of(LOADED.model().kernels.noise(LOADED.model().manager, 77, 1, 4, 24, 16)));
        float[] given = new float[clean.values().limit()];
        clean.values().duplicate().get(given);
        double before = Double.POSITIVE_INFINITY;
        for (int step : new int[] {0, 2, 4}) {
            float[] end = generated(
                            set("euler", new StartLatents(clean, step, true)),
                            Strategies.unaligned(),
                            Checkpoint.none(),
                            new GenerationListener() {})
                    .get(0);
            double distance = IntStream.range(0, given.length)
                    .mapToDouble(i -> (end[i] - given[i]) * (end[i] - given[i]))
                    .sum();
            assertEquals(-1, Double.compare(distance, before), "from step " + step);
            before = distance;
        }
    }

    @Test
    void rejectsAnImageThatStartsBeforeItsReference() {
        StartLatents late = new StartLatents(
                StackedLatents.of(List.of(LOADED.model().kernels.noise(LOADED.model().manager, 1, 1, 4, 24, 16))),
                2,
                true);
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> generated(
                        set("ddim", late, null), Strategies.shared(), Checkpoint.none(), new GenerationListener() {}));
        assertEquals(AtelierException.Code.INVALID_REQUEST, fault.code());
        assertEquals(
                "The first image is the style reference of the others, so it must start first; it starts at step 2,"
                        + " but another image at step 0.",
                fault.getMessage());
    }

    @Test
    void rejectsDifferentFirstStepsWithFullSharing() {
        StartLatents late = new StartLatents(
                StackedLatents.of(List.of(LOADED.model().kernels.noise(LOADED.model().manager, 1, 1, 4, 24, 16))),
                2,
                true);
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> generated(
                        set("ddim", null, late), Strategies.full(), Checkpoint.none(), new GenerationListener() {}));
        assertEquals(
                "This attention strategy couples all images of a set, so all need the same size, first step and"
                        + " options.",
                fault.getMessage());
        assertEquals(
                2,
                generated(set("ddim", late, late), Strategies.full(), Checkpoint.none(), new GenerationListener() {})
                        .size());
    }
}
