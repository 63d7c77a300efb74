package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.atelier.api.blend.StyleBlend;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.GivenReferences;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.sampling.SlicePlan;
import org.atelier.diffusion.sampling.StyleWindow;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that follow references inverted before have the latents of those whose references are inverted in place, to the bit. */
class InversionBytesTest {

    private static final StyleBlend APART = references -> Optional.empty();
    private static final StyleBlend FIRST =
            references -> Optional.of(references.get(0).latents().mul(1));

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    private static BufferedImage image(String name) throws IOException {
        return ImageIO.read(ReferenceTensors.folder()
                .resolve("pictures")
                .resolve(name + ".png")
                .toFile());
    }

    private static GenerationSpec set(GivenReferences references) throws IOException {
        BufferedImage square = image("square");
        return new GenerationSpec(
                ImageSpec.each(List.of("a fish", "a cup", "a star"), 8, square.getWidth(), square.getHeight()),
                null,
                TestSamplers.named("unipc"),
                4,
                5,
                2,
                StyleWindow.ALL_STEPS,
                references);
    }

    private static GeneratedLatents generated(GenerationSpec set) {
        return LOADED.pipeline().generate(set, Strategies.shared(), new GenerationListener() {});
    }

    /** Listens to the steps of an inversion. */
    private static final class Steps implements GenerationListener {
        private final List<Integer> inverted = new ArrayList<>();
        private int denoised;

        @Override
        public void inversionAdvanced(int done, int total) {
            inverted.add(done);
        }

        @Override
        public void denoisingAdvanced(int done, int total) {
            denoised++;
        }
    }

    /** Inverts in more steps than the set has, and skips some. */
    @ParameterizedTest
    @ValueSource(strings = {"one", "blended", "apart"})
    void imagesHaveTheBitsOfInversionInPlace(String references) throws IOException {
        List<ReferenceImage> images = new ArrayList<>(List.of(new ReferenceImage(image("square"), "a house", 0.75)));
        if (!references.equals("one")) {
            images.add(new ReferenceImage(image("second"), "a boat", 0.25));
        }
        GenerationSpec set = set(new ReferenceImages(images, references.equals("apart") ? APART : FIRST, 6, 2, 2));
        Steps steps = new Steps();

        ReferenceTrajectories inverted = LOADED.pipeline().invert(set, Strategies.shared(), steps);

        int trajectories = references.equals("apart") ? 2 : 1;
        assertEquals(trajectories, inverted.trajectories().size());
        assertEquals(6 * trajectories, steps.inverted.size());
        assertEquals(0, steps.denoised);
        List<Integer> slice = new SlicePlan(set, Strategies.shared()).required(List.of(2));
        assertEquals(List.of(2), slice);
        try (GeneratedLatents inPlace = generated(set);
                GeneratedLatents whole = generated(set(inverted));
                GeneratedLatents part = generated(set(inverted).only(slice))) {
            assertEquals(trajectories, whole.references());
            assertEquals(inPlace.trajectories(), Optional.of(inverted));
            for (int image = 0; image < 3; image++) {
                assertArrayEquals(
                        inPlace.latents(image).toFloatArray(),
                        whole.latents(image).toFloatArray(),
                        "image " + image);
            }
            assertArrayEquals(inPlace.latents(2).toFloatArray(), part.latents(2).toFloatArray());
        }
    }
}
