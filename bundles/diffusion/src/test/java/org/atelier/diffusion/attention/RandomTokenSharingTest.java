package org.atelier.diffusion.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.attention.GuidanceHalf;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.ObservedMaps;
import org.atelier.diffusion.pipeline.GeneratedLatents;
import org.atelier.diffusion.pipeline.Pipeline;
import org.atelier.diffusion.pipeline.Strategies;
import org.atelier.diffusion.pipeline.TestSamplers;
import org.atelier.diffusion.pipeline.TinyModel;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StyleWindow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Per-image token masks, as StoryDiffusion needs them. */
class RandomTokenSharingTest {

    private static final int IMAGES = 3;
    private static final int TOKENS = 20;
    private static final AttentionLayer LAYER = new AttentionLayer(Kind.SELF, 4, 12, "up0", 1, 4, 5);

    private static TinyModel model;

    @BeforeAll
    static void load() {
        model = new TinyModel();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** The tokens that each image attends to, measured with equal scores and one-hot values. */
    private static boolean[][] visibleTokens(int step) {
        int all = IMAGES * TOKENS;
        NDArray same = model.manager.zeros(new Shape(IMAGES, 1, TOKENS, all));
        NDArray oneHot = model.manager.eye(all).reshape(IMAGES, 1, TOKENS, all);
        NDArray attended = new RandomTokenSharing(7)
                .at(LAYER)
                .attend(new AttentionCall(
                        LAYER,
                        new Heads(same, same, oneHot),
                        List.of(),
                        new DenoisingStep(step, 10, 981, 14),
                        List.of(0, 1, 2),
                        GuidanceHalf.CONDITIONAL,
                        model.kernels,
                        ObservedMaps.none()));
        boolean[][] visible = new boolean[IMAGES][all];
        for (int image = 0; image < IMAGES; image++) {
            float[] weights = attended.get(image, 0, 0).toFloatArray();
            float largest = attended.get(image).max().getFloat();
            for (int token = 0; token < all; token++) {
                visible[image][token] = weights[token] > 0;
                assertTrue(weights[token] == 0 || Math.abs(weights[token] - largest) < 1e-6, "all weights are equal");
            }
        }
        return visible;
    }

    private static int count(boolean[] tokens, int from, int to) {
        int count = 0;
        for (int token = from; token < to; token++) {
            count += tokens[token] ? 1 : 0;
        }
        return count;
    }

    @Test
    void everyImageAttendsToItselfAndHalfOfTheOthers() {
        boolean[][] visible = visibleTokens(0);
        for (int image = 0; image < IMAGES; image++) {
            int own = count(visible[image], image * TOKENS, (image + 1) * TOKENS);
            int others = count(visible[image], 0, IMAGES * TOKENS) - own;
            assertEquals(TOKENS, own);
            assertEquals(TOKENS, others, 10, "about half of forty");
        }
        assertArrayEquals(visible[1], visibleTokens(0)[1], "a step is reproducible");
        assertNotEquals(
                Arrays.toString(visible[1]), Arrays.toString(visibleTokens(1)[1]), "every step samples its own tokens");
    }

    @Test
    void generatesASet() {
        GenerationSpec generation = new GenerationSpec(
                ImageSpec.each(List.of("a red fish", "a house", "a rocket"), 3, 32, 32),
                null,
                TestSamplers.named("ddim"),
                2,
                5,
                1,
                StyleWindow.ALL_STEPS,
                null);
        GenerationListener listener = new GenerationListener() {};
        try (Pipeline pipeline = model.pipeline();
                GeneratedLatents generated = pipeline.generate(generation, new RandomTokenSharing(7), listener);
                GeneratedLatents again = pipeline.generate(generation, new RandomTokenSharing(7), listener);
                GeneratedLatents otherSeed = pipeline.generate(generation, new RandomTokenSharing(8), listener);
                GeneratedLatents full = pipeline.generate(generation, Strategies.full(), listener)) {
            NDArray latents = generated.latents(1);
            assertEquals(0, TinyModel.distance(latents, again.latents(1)));
            assertTrue(TinyModel.distance(latents, otherSeed.latents(1)) > 1e-3);
            assertTrue(TinyModel.distance(latents, full.latents(1)) > 1e-3);
        }
    }
}
