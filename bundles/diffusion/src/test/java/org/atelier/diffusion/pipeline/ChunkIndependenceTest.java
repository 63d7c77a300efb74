package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.attention.FadedWord;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StyleWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image depends on its own prompt and noise and on the reference, and on no other image of its set. */
class ChunkIndependenceTest {

    /** Rounding depends on the batch size; latents have a standard deviation of about 13. */
    private static final double BOUND = 3e-4;

    private static final List<String> PROMPTS = List.of(
            "a red fish, stained glass",
            "a house, stained glass",
            "a rocket, stained glass",
            "a castle, stained glass");

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    private static GeneratedLatents generated(
            List<String> prompts, String sampler, int chunk, AttentionStrategy strategy) {
        GenerationSpec generation = new GenerationSpec(
                ImageSpec.each(prompts, 3, 32, 48),
                "watercolor",
                TestSamplers.named(sampler),
                3,
                5,
                chunk,
                StyleWindow.ALL_STEPS,
                null);
        return LOADED.pipeline().generate(generation, strategy, new GenerationListener() {});
    }

    private static double distance(GeneratedLatents a, GeneratedLatents b, int image) {
        return TinyModel.distance(a.latents(image), b.latents(image));
    }

    private static void assertSame(GeneratedLatents a, GeneratedLatents b) {
        assertSame(a, b, "");
    }

    private static void assertSame(GeneratedLatents a, GeneratedLatents b, String how) {
        assertEquals(a.count(), b.count());
        for (int image = 0; image < a.count(); image++) {
            assertEquals(0, distance(a, b, image), BOUND, "image " + image + " " + how);
        }
    }

    /** A chunk of two leaves a remainder; a chunk of five exceeds the set. */
    @ParameterizedTest
    @CsvSource({
        "ddim, 2 5",
        "ddim with noise, 2",
        "ddim with eta 1, 2",
        "euler, 2",
        "euler-ancestral, 2 5",
        "dpm++2m, 2",
        "dpm++2m-sde, 2 5",
        "unipc, 5",
        "pndm, 2",
        "lcm, 2 5",
        "tcd, 2 5"
    })
    void alignedImagesAreTheSameInChunksOfAnySize(String sampler, String chunks) {
        try (GeneratedLatents one = generated(PROMPTS, sampler, 1, Strategies.shared())) {
            for (String chunk : chunks.split(" ")) {
                try (GeneratedLatents several =
                        generated(PROMPTS, sampler, Integer.parseInt(chunk), Strategies.shared())) {
                    assertSame(one, several, "in chunks of " + chunk);
                }
            }
        }
    }

    @Test
    void unalignedImagesAreTheSameInChunksOfAnySize() {
        try (GeneratedLatents one = generated(PROMPTS, "ddim", 1, Strategies.unaligned());
                GeneratedLatents five = generated(PROMPTS, "ddim", 5, Strategies.unaligned())) {
            assertSame(one, five);
        }
    }

    /** Three of the four prompts do not contain the word. */
    @Test
    void observedImagesAreTheSameInChunksOfAnySize() {
        try (GeneratedLatents one = generated(PROMPTS, "ddim", 1, new FadedWord("house"));
                GeneratedLatents two = generated(PROMPTS, "ddim", 2, new FadedWord("house"));
                GeneratedLatents five = generated(PROMPTS, "ddim", 5, new FadedWord("house"));
                GeneratedLatents unaligned = generated(PROMPTS, "ddim", 1, Strategies.unaligned())) {
            assertSame(one, two);
            assertSame(one, five);
            assertTrue(distance(one, unaligned, 1) > 0.1, "the observed maps have no effect");
            assertEquals(0, distance(one, unaligned, 0), BOUND, "the prompt of the fish has no house");
        }
    }

    @Test
    void fullSharingIgnoresTheChunk() {
        try (GeneratedLatents one = generated(PROMPTS, "ddim", 1, Strategies.full());
                GeneratedLatents five = generated(PROMPTS, "ddim", 5, Strategies.full())) {
            assertSame(one, five);
        }
    }

    @Test
    void anImageDependsOnTheReferenceAndOnNoOtherImage() {
        List<String> others = List.of(PROMPTS.get(0), "a tree", "a flower", PROMPTS.get(3), "a star");
        List<String> otherReference = List.of("a bird", PROMPTS.get(1), PROMPTS.get(2), PROMPTS.get(3));
        try (GeneratedLatents set = generated(PROMPTS, "ddim", 2, Strategies.shared());
                GeneratedLatents otherTargets = generated(others, "ddim", 2, Strategies.shared());
                GeneratedLatents otherFirst = generated(otherReference, "ddim", 2, Strategies.shared())) {
            assertEquals(0, distance(set, otherTargets, 0), BOUND, "the reference depends on the targets");
            assertTrue(distance(set, otherTargets, 1) > 0.1, "another prompt makes another image");
            assertEquals(0, distance(set, otherTargets, 3), BOUND, "a target depends on the others");
            assertTrue(distance(set, otherFirst, 3) > 0.1, "another reference makes another image");
        }
    }

    @Test
    void theReferenceIsUnaffectedByTheOtherImages() {
        try (GeneratedLatents set = generated(PROMPTS, "unipc", 2, Strategies.shared());
                GeneratedLatents alone = generated(PROMPTS.subList(0, 1), "unipc", 2, Strategies.unaligned())) {
            NDArray reference = set.latents(0);
            assertEquals(0, TinyModel.distance(reference, alone.latents(0)), BOUND);
        }
    }
}
