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

/** Images that begin at given latents, alone and among others of their set. */
class StartLatentsTest {

    private static final int STEPS = 5;
    private static final List<String> PROMPTS = List.of("a red fish", "a house", "a rocket");

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    /** Keeps the state after every step. */
    private record Shelf(List<DenoisingState> kept) implements Checkpoint {

        @Override
        public Optional<DenoisingState> last() {
            return Optional.empty();
        }

        @Override
        public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {
            kept.add(state.get());
        }

        /** What an image was before a step. */
        StartLatents before(int step, int image) {
            FloatTensor arrays = kept.get(step - 1).images().get(image).arrays();
            return new StartLatents(
                    StackedLatents.of(List.of(StackedLatents.unstack(arrays, LOADED.model().manager)
                            .get(0))),
                    step,
                    false);
        }
    }

    /** Remembers the progress that it was told. */
    private static final class Witness implements GenerationListener {
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
    void imagesJoinTheSetAtTheirStepsAndEndAsIfTheyHadBeenThereFromTheFirst(String sampler) {
        Shelf shelf = new Shelf(new ArrayList<>());
        Witness witness = new Witness();
        List<float[]> whole =
                generated(set(sampler, null, null, null), Strategies.everything(), shelf, new GenerationListener() {});

        List<float[]> joined = generated(
                set(sampler, shelf.before(1, 0), shelf.before(2, 1), shelf.before(4, 2)),
                Strategies.everything(),
                Checkpoint.none(),
                witness);

        for (int image = 0; image < whole.size(); image++) {
            assertArrayEquals(whole.get(image), joined.get(image), "image " + image);
        }
        assertEquals(
                List.of("1/8", "2/8", "3/8", "4/8", "5/8", "6/8", "7/8", "8/8"),
                witness.generated,
                "4 steps, 3 steps and 1 step");
    }

    /** What a set has kept before an image joined it counts neither its steps nor its noise. */
    @Test
    void aSetIsResumedBeforeAnImageHasJoinedIt() {
        Shelf whole = new Shelf(new ArrayList<>());
        generated(set("ddim", null, null), Strategies.shared(), whole, new GenerationListener() {});
        GenerationSpec late = set("ddim", null, whole.before(3, 1));
        Shelf undisturbed = new Shelf(new ArrayList<>());
        List<float[]> expected = generated(late, Strategies.shared(), undisturbed, new GenerationListener() {});
        Witness witness = new Witness();

        List<float[]> resumed = generated(
                late,
                Strategies.shared(),
                new Checkpoint() {
                    @Override
                    public Optional<DenoisingState> last() {
                        return Optional.of(undisturbed.kept.get(1));
                    }

                    @Override
                    public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {}
                },
                witness);

        for (int image = 0; image < expected.size(); image++) {
            assertArrayEquals(expected.get(image), resumed.get(image), "image " + image);
        }
        assertEquals("2/7", witness.generated.get(0));
    }

    /** Clean latents become noisier the earlier an image begins, so it keeps less of them. */
    @Test
    void anImageKeepsMoreOfCleanLatentsTheLaterItBegins() {
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
            double away = IntStream.range(0, given.length)
                    .mapToDouble(i -> (end[i] - given[i]) * (end[i] - given[i]))
                    .sum();
            assertEquals(-1, Double.compare(away, before), "from step " + step);
            before = away;
        }
    }

    @Test
    void noneBeginsBeforeTheImageWhoseStyleItHas() {
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
                "The first image has the style of the others, so none begins before it: it begins at step 2, another"
                        + " at step 0.",
                fault.getMessage());
    }

    @Test
    void imagesThatAllSeeEachOtherBeginTogether() {
        StartLatents late = new StartLatents(
                StackedLatents.of(List.of(LOADED.model().kernels.noise(LOADED.model().manager, 1, 1, 4, 24, 16))),
                2,
                true);
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> generated(
                        set("ddim", null, late), Strategies.full(), Checkpoint.none(), new GenerationListener() {}));
        assertEquals(
                "This attention couples all images of a set, so they need one size, one first step and the same"
                        + " options.",
                fault.getMessage());
        assertEquals(
                2,
                generated(set("ddim", late, late), Strategies.full(), Checkpoint.none(), new GenerationListener() {})
                        .size());
    }
}
