package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
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
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.diffusion.window.WindowGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Panoramas of the tiny model: chunks, checkpoints, observed words, and the edges that upstream leaves empty. */
class PanoramaTest {

    /** Rounding depends on the batch size; latents have a standard deviation of about 13. */
    private static final double BOUND = 5e-4;

    private static final int STEPS = 3;
    private static final WindowGrid GRID = new WindowGrid(16, 16, 8, false);

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    /** A reference of one window, a panorama whose width is not divisible, and a picture of one window. */
    private static final List<ImageSpec> IMAGES = List.of(
            new ImageSpec("a red fish, stained glass", 3, 32, 32, null),
            new ImageSpec("a house, stained glass", 4, 70, 32, null).withGrid(GRID),
            new ImageSpec("a rocket, stained glass", 5, 32, 32, null).withGrid(GRID));

    private static GenerationSpec generation(String sampler, int chunk, List<ImageSpec> images) {
        return new GenerationSpec(
                images, "watercolor", TestSamplers.named(sampler), STEPS, 5, chunk, StyleWindow.ALL_STEPS, null);
    }

    private static List<NDArray> latents(
            GenerationSpec generation, AttentionStrategy strategy, Checkpoint checkpoint, GenerationListener listener) {
        try (GeneratedLatents generated =
                LOADED.pipeline().generate(generation, List.of(), strategy, checkpoint, listener)) {
            List<NDArray> latents = new ArrayList<>();
            for (int i = 0; i < generated.count(); i++) {
                NDArray own = generated.latents(i).duplicate();
                own.attach(LOADED.model().manager);
                latents.add(own);
            }
            return latents;
        }
    }

    private static List<NDArray> latents(GenerationSpec generation, AttentionStrategy strategy) {
        return latents(generation, strategy, Checkpoint.none(), new GenerationListener() {});
    }

    @ParameterizedTest
    @CsvSource({"dpm++2m, 2", "dpm++2m, 8", "ddim with noise, 3"})
    void panoramasAreTheSameInChunksOfAnySize(String sampler, int chunk) {
        List<NDArray> one = latents(generation(sampler, 1, IMAGES), Strategies.everything());
        List<NDArray> several = latents(generation(sampler, chunk, IMAGES), Strategies.everything());
        for (int i = 0; i < one.size(); i++) {
            assertEquals(0, TinyModel.distance(one.get(i), several.get(i)), BOUND, "image " + i);
        }
    }

    @Test
    void aPanoramaOfOneWindowIsThePictureItself() {
        ImageSpec whole = new ImageSpec("a rocket, stained glass", 5, 32, 32, null);
        List<NDArray> expected = latents(generation("ddim", 1, List.of(IMAGES.get(0), whole)), Strategies.shared());
        List<NDArray> windowed =
                latents(generation("ddim", 1, List.of(IMAGES.get(0), IMAGES.get(2))), Strategies.shared());
        assertArrayEquals(expected.get(1).toFloatArray(), windowed.get(1).toFloatArray());
    }

    /** The last columns, behind the last whole stride, are generated too, and are those of the last window. */
    @Test
    void theEdgeIsGenerated() {
        NDArray panorama =
                latents(generation("ddim", 2, IMAGES), Strategies.unaligned()).get(1);
        NDArray edge = panorama.get(":, :, :, 32:");
        assertEquals(3, edge.getShape().get(3));
        float deviation = edge.sub(edge.mean()).square().mean().sqrt().getFloat();
        assertTrue(deviation > 0.1, "the edge is empty: " + deviation);
    }

    /** Words are observed in each window by itself. */
    @Test
    void observesWordsInEachWindow() {
        List<NDArray> one = latents(generation("ddim", 1, IMAGES), new FadedWord("house"));
        List<NDArray> several = latents(generation("ddim", 8, IMAGES), new FadedWord("house"));
        List<NDArray> unaligned = latents(generation("ddim", 1, IMAGES), Strategies.unaligned());
        assertEquals(0, TinyModel.distance(one.get(1), several.get(1)), BOUND);
        assertTrue(TinyModel.distance(one.get(1), unaligned.get(1)) > 0.1, "the observed maps have no effect");
        assertEquals(0, TinyModel.distance(one.get(2), unaligned.get(2)), BOUND, "the prompt has no house");
    }

    private record Stored(Optional<DenoisingState> last, List<DenoisingState> states) implements Checkpoint {

        @Override
        public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {
            states.add(state.get());
        }
    }

    @ParameterizedTest
    @CsvSource({"unipc", "ddim with noise"})
    void resumesBitIdentically(String sampler) {
        GenerationSpec generation = generation(sampler, 2, IMAGES);
        Stored uninterrupted = new Stored(Optional.empty(), new ArrayList<>());
        List<NDArray> expected =
                latents(generation, Strategies.everything(), uninterrupted, new GenerationListener() {});
        for (DenoisingState state : uninterrupted.states.subList(0, STEPS - 1)) {
            List<NDArray> resumed = latents(
                    generation,
                    Strategies.everything(),
                    new Stored(Optional.of(state), new ArrayList<>()),
                    new GenerationListener() {});
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(
                        expected.get(i).toFloatArray(),
                        resumed.get(i).toFloatArray(),
                        "image " + i + " after step " + state.done());
            }
        }
    }

    @Test
    void countsTheStepsOfWindows() {
        List<String> progress = new ArrayList<>();
        latents(generation("ddim", 4, IMAGES), Strategies.shared(), Checkpoint.none(), new GenerationListener() {
            @Override
            public void denoisingAdvanced(int done, int total) {
                progress.add(done + "/" + total);
            }
        });
        // One pass of the reference, four windows, and the picture of one window.
        assertEquals(List.of("1/18", "5/18", "6/18"), progress.subList(0, 3));
        assertEquals("18/18", progress.get(progress.size() - 1));
    }

    @Test
    void theOnlyImageMayBeAPanorama() {
        GenerationSpec generation = generation("dpm++2m", 2, List.of(IMAGES.get(1)));
        NDArray shared = latents(generation, Strategies.everything()).get(0);
        NDArray alone = latents(generation, Strategies.unaligned()).get(0);
        assertArrayEquals(alone.toFloatArray(), shared.toFloatArray());
    }

    @Test
    void refusesAReferenceOfSeveralWindows() {
        GenerationSpec generation = generation("ddim", 1, List.of(IMAGES.get(1), IMAGES.get(2)));
        AtelierException refused = assertThrows(AtelierException.class, () -> latents(generation, Strategies.shared()));
        assertTrue(refused.getMessage().contains("must not be larger than one window"), refused.getMessage());
    }

    /** What the network holds does not depend on the number of windows or images. */
    @Test
    void holdsNoMoreForMoreWindows() {
        int few = heldAtTheLastStep(40, 1);
        int many = heldAtTheLastStep(200, 1);
        assertTrue(few > 0, "the resource count cannot be read");
        assertEquals(few, many, "the set holds more for more windows");
    }

    private static int heldAtTheLastStep(int width, int chunk) {
        List<ImageSpec> images =
                List.of(IMAGES.get(0), new ImageSpec("a house, stained glass", 4, width, 32, null).withGrid(GRID));
        try (GeneratedLatents generated = LOADED.pipeline()
                .generate(generation("dpm++2m", chunk, images), Strategies.everything(), new GenerationListener() {})) {
            return HeldResources.in(generated.latents(1).getManager());
        }
    }
}
