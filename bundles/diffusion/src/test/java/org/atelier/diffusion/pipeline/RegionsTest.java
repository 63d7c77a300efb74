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
import org.atelier.diffusion.region.ImageRegion;
import org.atelier.diffusion.region.ImageRegions;
import org.atelier.diffusion.region.RegionMask;
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

/** Images with regions of the tiny model: chunks, checkpoints, neighbours, observed words and memory. */
class RegionsTest {

    /** Rounding depends on the batch size; latents have a standard deviation of about 13. */
    private static final double BOUND = 5e-4;

    private static final int STEPS = 4;
    private static final WindowGrid GRID = new WindowGrid(16, 16, 8, false);

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    private static final ImageSpec REFERENCE = new ImageSpec("a red fish, stained glass", 3, 32, 32, null);

    private static final ImageSpec PANORAMA = new ImageSpec("a meadow, stained glass", 4, 70, 32, null)
            .withGrid(GRID)
            .withRegions(new ImageRegions(
                    List.of(
                            new ImageRegion("a house, stained glass", columns(35, 0, 12)),
                            new ImageRegion("a boat, stained glass", columns(35, 20, 33))),
                    0.5));

    private static final ImageSpec PICTURE = new ImageSpec("a rocket, stained glass", 5, 32, 32, null)
            .withRegions(new ImageRegions(List.of(new ImageRegion("a cat, stained glass", columns(16, 4, 9))), 0.5));

    private static final List<ImageSpec> IMAGES = List.of(REFERENCE, PANORAMA, PICTURE);

    /** Columns of latents from {@code from} to {@code to}, of 16 rows. */
    private static RegionMask columns(int width, int from, int to) {
        byte[] levels = new byte[16 * width];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) (i % width >= from && i % width < to ? 255 : 0);
        }
        return RegionMask.of(levels, width, 16, width);
    }

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
    @CsvSource({"dpm++2m, 2", "ddim with noise, 8"})
    void regionsAreTheSameInChunksOfAnySize(String sampler, int chunk) {
        List<NDArray> one = latents(generation(sampler, 1, IMAGES), Strategies.everything());
        List<NDArray> several = latents(generation(sampler, chunk, IMAGES), Strategies.everything());
        for (int i = 0; i < one.size(); i++) {
            assertEquals(0, TinyModel.distance(one.get(i), several.get(i)), BOUND, "image " + i);
        }
    }

    /** The backgrounds of an image do not depend on the other images of the set. */
    @Test
    void anImageDoesNotDependOnTheOthers() {
        NDArray among =
                latents(generation("ddim", 1, IMAGES), Strategies.shared()).get(2);
        NDArray alone = latents(generation("ddim", 1, List.of(REFERENCE, PICTURE)), Strategies.shared())
                .get(1);
        assertArrayEquals(among.toFloatArray(), alone.toFloatArray());
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

    /** A window runs with the prompts of the regions that have a part in it. */
    @Test
    void countsTheStepsOfPrompts() {
        List<String> progress = new ArrayList<>();
        latents(generation("ddim", 8, IMAGES), Strategies.shared(), Checkpoint.none(), new GenerationListener() {
            @Override
            public void denoisingAdvanced(int done, int total) {
                progress.add(done + "/" + total);
            }
        });
        // Of each step: the reference, four windows of two, three, two and two prompts, the picture with two.
        assertEquals("48/48", progress.get(progress.size() - 1));
    }

    /** A strategy that follows a word finds it in the region that names it. */
    @Test
    void observesTheWordsOfRegions() {
        List<NDArray> faded = latents(generation("ddim", 8, IMAGES), new FadedWord("cat"));
        List<NDArray> unaligned = latents(generation("ddim", 8, IMAGES), Strategies.unaligned());
        assertTrue(TinyModel.distance(faded.get(2), unaligned.get(2)) > 0.1, "the observed maps have no effect");
    }

    @Test
    void theOnlyImageMayHaveRegions() {
        GenerationSpec generation = generation("dpm++2m", 2, List.of(PICTURE));
        NDArray shared = latents(generation, Strategies.everything()).get(0);
        NDArray alone = latents(generation, Strategies.unaligned()).get(0);
        assertArrayEquals(alone.toFloatArray(), shared.toFloatArray());
    }

    @Test
    void refusesAReferenceWithRegions() {
        GenerationSpec generation = generation("ddim", 1, List.of(PICTURE, REFERENCE));
        AtelierException refused = assertThrows(AtelierException.class, () -> latents(generation, Strategies.shared()));
        assertTrue(refused.getMessage().endsWith("and has no regions."), refused.getMessage());
    }

    /** The backgrounds of a step are closed with it. */
    @Test
    void holdsNoMoreForMoreSteps() {
        int few = heldAtTheLastStep(4, 0.5);
        int many = heldAtTheLastStep(8, 0.25);
        assertTrue(few > 0, "the resource count cannot be read");
        assertEquals(few, many, "the set holds more for more steps");
    }

    private static int heldAtTheLastStep(int steps, double share) {
        ImageSpec image =
                PANORAMA.withRegions(new ImageRegions(PANORAMA.regions().list(), share));
        GenerationSpec generation = new GenerationSpec(
                List.of(REFERENCE, image),
                "watercolor",
                TestSamplers.named("ddim"),
                steps,
                5,
                2,
                StyleWindow.ALL_STEPS,
                null);
        try (GeneratedLatents generated =
                LOADED.pipeline().generate(generation, Strategies.everything(), new GenerationListener() {})) {
            return HeldResources.in(generated.latents(1).getManager());
        }
    }
}
