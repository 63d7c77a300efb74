package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Reference.Role;
import org.atelier.diffusion.attention.FadedWord;
import org.atelier.diffusion.attention.ReferenceUse;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.ReferenceInversion;
import org.atelier.diffusion.sampling.SlicePlan;
import org.atelier.diffusion.sampling.StyleWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A slice of a set has the latents of the whole set, to the bit. */
class SliceBytesTest {

    private static final List<String> PROMPTS =
            List.of("a red fish", "a house", "a rocket", "a castle", "a tree", "a star");

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    private static GenerationSpec set(String sampler, int chunk) {
        return new GenerationSpec(
                ImageSpec.each(PROMPTS, 3, 32, 48),
                "watercolor",
                TestSamplers.named(sampler),
                3,
                5,
                chunk,
                StyleWindow.ALL_STEPS,
                null);
    }

    private static GenerationSpec set(
            String sampler, int chunk, List<ReferenceImage> references, ReferenceInversion how) {
        GenerationSpec unreferenced = set(sampler, chunk);
        return new GenerationSpec(
                unreferenced.images(),
                unreferenced.negativePrompt(),
                unreferenced.sampler(),
                unreferenced.steps(),
                unreferenced.cfgScale(),
                unreferenced.chunk(),
                unreferenced.window(),
                new ReferenceImages(references, styles -> Optional.empty(), how));
    }

    private static BufferedImage picture(Color background) {
        BufferedImage picture = new BufferedImage(32, 48, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = picture.createGraphics();
        drawing.setColor(background);
        drawing.fillRect(0, 0, 32, 48);
        drawing.setColor(Color.ORANGE);
        drawing.fillOval(4, 8, 24, 24);
        drawing.dispose();
        return picture;
    }

    private static GeneratedLatents generated(GenerationSpec generation, AttentionStrategy strategy) {
        return LOADED.pipeline().generate(generation, strategy, new GenerationListener() {});
    }

    private static void assertSlicesAreOfTheWhole(GenerationSpec set, AttentionStrategy strategy) {
        SlicePlan plan = new SlicePlan(set, strategy);
        try (GeneratedLatents whole = generated(set, strategy)) {
            for (List<Integer> wanted : List.of(List.of(0), List.of(3), List.of(2, 5))) {
                List<Integer> required = plan.required(wanted);
                try (GeneratedLatents slice = generated(set.only(required), strategy)) {
                    assertEquals(required, slice.indices());
                    for (int image : wanted) {
                        assertArrayEquals(
                                whole.latents(image).toFloatArray(),
                                slice.latents(image).toFloatArray(),
                                "image " + image + " of " + wanted);
                    }
                }
            }
        }
    }

    /** The sampler has a history and samples noise; the last chunk of the set is not full. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void alignedImagesHaveTheBitsOfTheWholeSet(int chunk) {
        assertSlicesAreOfTheWhole(set("dpm++2m-sde", chunk), Strategies.shared());
    }

    @Test
    void unalignedImagesHaveTheBitsOfTheWholeSet() {
        assertSlicesAreOfTheWhole(set("euler-ancestral", 4), Strategies.unaligned());
    }

    @Test
    void observedImagesHaveTheBitsOfTheWholeSet() {
        assertSlicesAreOfTheWhole(set("ddim", 2), new FadedWord("house"));
    }

    @Test
    void imagesWithNoisedReferencesHaveTheBitsOfTheWholeSet() {
        List<ReferenceImage> references = List.of(
                new ReferenceImage(picture(Color.BLUE), "a ball", 0.5),
                new ReferenceImage(picture(Color.PINK), "a sun", 0.5));
        assertSlicesAreOfTheWhole(
                set("euler-ancestral", 2, references, new ReferenceInversion.Noise(9)), Strategies.shared());
    }

    /** Images that redraw a content start from its noisy latents; the others from noise. */
    @Test
    void imagesThatRedrawContentsHaveTheBitsOfTheWholeSet() {
        List<ReferenceImage> references = List.of(
                new ReferenceImage(picture(Color.BLUE), "a ball", 1),
                new ReferenceImage(picture(Color.GREEN), "", new ReferenceUse(Role.CONTENT, 1, Set.of(2, 3))),
                new ReferenceImage(picture(Color.GRAY), "", new ReferenceUse(Role.CONTENT, 1, Set.of(0))));
        assertSlicesAreOfTheWhole(
                set("ddim", 2, references, new ReferenceInversion.Ddim(4, 1, 0)),
                Strategies.injected(new JsonObject()));
    }

    @Test
    void imagesOfSeveralSizesHaveTheBitsOfTheWholeSet() {
        List<ImageSpec> images = IntStream.range(0, PROMPTS.size())
                .mapToObj(i -> new ImageSpec(PROMPTS.get(i), 3 + i, i % 2 == 0 ? 32 : 48, 32, null))
                .toList();
        GenerationSpec uniform = set("unipc", 2);
        GenerationSpec mixed = new GenerationSpec(
                images,
                uniform.negativePrompt(),
                uniform.sampler(),
                uniform.steps(),
                uniform.cfgScale(),
                uniform.chunk(),
                uniform.window(),
                null);
        assertSlicesAreOfTheWhole(mixed, Strategies.shared());
    }
}
