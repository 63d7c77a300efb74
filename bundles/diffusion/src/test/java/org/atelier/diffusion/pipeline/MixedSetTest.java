package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StyleWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sets whose images differ in size and strength: each image equals that of a set of only itself and the reference. */
class MixedSetTest {

    /** Rounding depends on the batch size; latents have a standard deviation of about 13. */
    private static final double BOUND = 3e-4;

    private static final ImageSpec REFERENCE = new ImageSpec("a red fish, stained glass", 3, 32, 48, null);
    private static final ImageSpec SAME_SIZE = new ImageSpec("a house, stained glass", 4, 32, 48, null);
    private static final ImageSpec WIDE = new ImageSpec("a rocket, stained glass", 5, 64, 32, null);
    private static final ImageSpec SMALL = new ImageSpec("a castle, stained glass", 9, 32, 32, null);
    private static final ImageSpec STRONG = new ImageSpec("a cat, stained glass", 7, 64, 32, strong());
    private static final ImageSpec ALSO_WIDE = new ImageSpec("a boat, stained glass", 8, 64, 32, null);

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    private static AttentionStrategy strong() {
        return Strategies.of(
                JsonParser.parseString("{\"score-shift\": 1.4, \"level\": 0.3}").getAsJsonObject());
    }

    private static GeneratedLatents generated(int chunk, AttentionStrategy strategy, ImageSpec... images) {
        GenerationSpec generation = new GenerationSpec(
                List.of(images), "watercolor", TestSamplers.named("ddim"), 2, 5, chunk, StyleWindow.ALL_STEPS, null);
        return LOADED.pipeline().generate(generation, strategy, new GenerationListener() {});
    }

    @Test
    void anImageDoesNotDependOnTheSizesAndStrengthsOfOthers() {
        for (AttentionStrategy strategy : List.of(Strategies.shared(), Strategies.everything())) {
            ImageSpec[] all = {REFERENCE, SAME_SIZE, WIDE, SMALL, STRONG, ALSO_WIDE};
            try (GeneratedLatents one = generated(1, strategy, all);
                    GeneratedLatents five = generated(5, strategy, all)) {
                for (int i = 0; i < all.length; i++) {
                    assertEquals(0, TinyModel.distance(one.latents(i), five.latents(i)), BOUND, "image " + i);
                    if (i > 0) {
                        try (GeneratedLatents alone = generated(1, strategy, REFERENCE, all[i])) {
                            assertEquals(0, TinyModel.distance(alone.latents(1), five.latents(i)), BOUND, "image " + i);
                        }
                    }
                }
            }
        }
    }

    @Test
    void anImageHasItsRequestedSize() {
        try (GeneratedLatents generated = generated(2, Strategies.shared(), REFERENCE, WIDE)) {
            assertEquals(32, generated.image(0).getWidth());
            assertEquals(48, generated.image(0).getHeight());
            assertEquals(64, generated.image(1).getWidth());
            assertEquals(32, generated.image(1).getHeight());
        }
    }

    @Test
    void anImageOfAnotherSizeSharesTheStyleOfTheReference() {
        try (GeneratedLatents aligned = generated(2, Strategies.shared(), REFERENCE, WIDE);
                GeneratedLatents alone = generated(2, Strategies.unaligned(), REFERENCE, WIDE)) {
            assertEquals(0, TinyModel.distance(aligned.latents(0), alone.latents(0)), BOUND, "the reference");
            assertTrue(TinyModel.distance(aligned.latents(1), alone.latents(1)) > 0.1, "sharing has no effect");
        }
    }

    @Test
    void rejectsDifferentSizesWithFullSharing() {
        AtelierException fault =
                assertThrows(AtelierException.class, () -> generated(1, Strategies.full(), REFERENCE, WIDE));
        assertEquals(AtelierException.Code.INVALID_REQUEST, fault.code());
        assertTrue(fault.getMessage().contains("the same size, first step and options"), fault.getMessage());
    }
}
