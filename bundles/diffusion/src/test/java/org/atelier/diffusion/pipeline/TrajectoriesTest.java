package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.blend.StyleBlend;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.GivenReferences;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.sampling.ReferenceTrajectory;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.models.safetensors.FloatTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A set with stored trajectories equals the set with the reference images. */
class TrajectoriesTest {

    private static final int STEPS = 4;
    private static final int OFFSET = 1;
    private static final StyleBlend SEPARATE = references -> Optional.empty();

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    private static BufferedImage image(String name) throws IOException {
        return ImageIO.read(ReferenceTensors.folder()
                .resolve("pictures")
                .resolve(name + ".png")
                .toFile());
    }

    private static ReferenceImages images() throws IOException {
        return new ReferenceImages(
                List.of(
                        new ReferenceImage(image("square"), "a house", 0.75),
                        new ReferenceImage(image("second"), "a boat", 0.25)),
                SEPARATE,
                STEPS,
                2,
                OFFSET);
    }

    private static GenerationSpec generation(GivenReferences references, int width, String... prompts)
            throws IOException {
        return new GenerationSpec(
                ImageSpec.each(List.of(prompts), 8, width, image("square").getHeight()),
                null,
                TestSamplers.named("ddim"),
                STEPS,
                5,
                1,
                StyleWindow.ALL_STEPS,
                references);
    }

    private static GeneratedLatents generate(GenerationSpec generation) {
        return LOADED.pipeline().generate(generation, Strategies.everything(), new GenerationListener() {});
    }

    @Test
    void generateTheSameImagesWithoutTheReferenceImages() throws IOException {
        int width = image("square").getWidth();
        try (GeneratedLatents first = generate(generation(images(), width, "a fish", "a cup"))) {
            ReferenceTrajectories stored = first.trajectories().orElseThrow();
            assertEquals(
                    List.of(0.75, 0.25),
                    stored.trajectories().stream()
                            .map(ReferenceTrajectory::weight)
                            .toList());
            assertEquals(STEPS - OFFSET, stored.timesteps().size());
            assertEquals(
                    STEPS - OFFSET + 1,
                    stored.trajectories().get(0).latents().shape().get(0));

            try (GeneratedLatents later = generate(generation(stored, width, "a fish"))) {
                assertEquals(2, later.references());
                NDArray again = later.latents(0);
                assertEquals(0, TinyModel.distance(first.latents(0), again));
                assertEquals(stored, later.trajectories().orElseThrow(), "reused trajectories are stored unchanged");
            }
        }
    }

    @Test
    void areRejectedWithOtherChannels() throws IOException {
        FloatTensor latents = new FloatTensor(List.of(2L, 3L, 8L, 8L), FloatBuffer.allocate(384));
        ReferenceTrajectories otherChannels =
                new ReferenceTrajectories(List.of(new ReferenceTrajectory("a house", 1, latents)), List.of(1.0));
        GenerationSpec generation = generation(otherChannels, image("square").getWidth(), "a fish");

        String fault =
                assertThrows(AtelierException.class, () -> generate(generation)).getMessage();
        assertEquals("The latents of \"a house\" have 3 channels; this model has 4.", fault);
    }

    @Test
    void areAbsentWithoutGivenReferences() throws IOException {
        try (GeneratedLatents generated =
                generate(generation(null, image("square").getWidth(), "a fish"))) {
            assertEquals(Optional.empty(), generated.trajectories());
        }
    }
}
