package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.atelier.diffusion.sampling.GivenReferences;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.InitPicture;
import org.atelier.diffusion.sampling.InpaintingMask;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.StyleWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets whose images start from pictures: resumed, in chunks, with references, with a UNet for inpainting. */
class InitPicturesTest {

    private static final int STEPS = 5;
    private static final int FIRST = 2;
    private static final int WIDTH = 32;
    private static final int HEIGHT = 48;
    private static final List<String> PROMPTS = List.of("a red fish", "a house", "a rocket");

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    @TempDir
    private Path folder;

    /** Stores every state, and resumes from one. */
    private record StoredStates(Optional<DenoisingState> last, List<DenoisingState> stored) implements Checkpoint {

        @Override
        public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {
            stored.add(state.get());
        }
    }

    private static BufferedImage picture(int number) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                picture.setRGB(x, y, (x * 7 + number * 50) % 256 << 16 | y * 5 % 256 << 8 | (x * y + number) % 256);
            }
        }
        return picture;
    }

    /** The right half is repainted. */
    private static InpaintingMask mask() {
        byte[] levels = new byte[WIDTH * HEIGHT];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) (i % WIDTH < WIDTH / 2 ? 0 : 255);
        }
        return new InpaintingMask(WIDTH, HEIGHT, levels);
    }

    private static ImageSpec image(int number, boolean masked, int step) {
        Supplier<InpaintingMask> mask = masked ? InitPicturesTest::mask : null;
        return new ImageSpec(
                PROMPTS.get(number),
                3L + number,
                WIDTH,
                HEIGHT,
                null,
                new InitPicture(() -> picture(number), mask, step));
    }

    private static GenerationSpec set(String sampler, int chunk, GivenReferences references, ImageSpec... images) {
        return set(sampler, 5, chunk, references, images);
    }

    private static GenerationSpec set(
            String sampler, double guidance, int chunk, GivenReferences references, ImageSpec... images) {
        return new GenerationSpec(
                List.of(images),
                "watercolor",
                TestSamplers.named(sampler),
                STEPS,
                guidance,
                chunk,
                StyleWindow.ALL_STEPS,
                references);
    }

    private static GivenReferences reference() {
        return new ReferenceImages(List.of(new ReferenceImage(picture(9), "a picture", 1)), null, STEPS, 2, 1);
    }

    private static List<float[]> generated(
            Pipeline pipeline, GenerationSpec set, AttentionStrategy strategy, Checkpoint checkpoint) {
        try (GeneratedLatents generated =
                pipeline.generate(set, List.of(), strategy, checkpoint, new GenerationListener() {})) {
            return IntStream.range(0, generated.count())
                    .mapToObj(index -> generated.latents(index).toFloatArray())
                    .toList();
        }
    }

    private static List<float[]> generated(GenerationSpec set, AttentionStrategy strategy) {
        return generated(LOADED.pipeline(), set, strategy, Checkpoint.none());
    }

    private static void assertSame(List<float[]> expected, List<float[]> actual, float tolerance, String when) {
        assertEquals(expected.size(), actual.size());
        for (int image = 0; image < expected.size(); image++) {
            assertArrayEquals(expected.get(image), actual.get(image), tolerance, "image " + image + " " + when);
        }
    }

    /** The samplers draw noise, have a history, or neither. None of that depends on guidance. */
    @ParameterizedTest
    @ValueSource(strings = {"ddim", "unipc", "dpm++2m", "dpm++2m-sde", "euler-ancestral", "lcm", "tcd"})
    void resumesToTheSameBytes(String sampler) {
        GenerationSpec set =
                set(sampler, 1, 1, null, image(0, true, FIRST), image(1, true, FIRST), image(2, false, FIRST));
        StoredStates states = new StoredStates(Optional.empty(), new ArrayList<>());
        List<float[]> whole = generated(LOADED.pipeline(), set, Strategies.shared(), states);
        assertEquals(STEPS - FIRST, states.stored.size());
        for (DenoisingState state : states.stored) {
            StoredStates resumed = new StoredStates(Optional.of(state), new ArrayList<>());
            assertSame(
                    whole,
                    generated(LOADED.pipeline(), set, Strategies.shared(), resumed),
                    0,
                    "after step " + state.done());
        }
    }

    @Test
    void doesNotDependOnTheChunk() {
        ImageSpec[] images = {image(0, true, FIRST), image(1, false, FIRST), image(2, true, FIRST)};
        assertSame(
                generated(set("euler", 1, reference(), images), Strategies.shared()),
                generated(set("euler", 3, reference(), images), Strategies.shared()),
                1e-4f,
                "in one chunk");
    }

    /** The first image is the reference of the others, so it is the same alone. */
    @Test
    void theReferenceOfASetStartsFromItsPictureToo() {
        List<float[]> alone = generated(set("ddim", 1, null, image(0, false, FIRST)), Strategies.shared());
        List<float[]> set =
                generated(set("ddim", 1, null, image(0, false, FIRST), image(1, false, FIRST)), Strategies.shared());
        List<float[]> unaligned =
                generated(set("ddim", 1, null, image(0, false, FIRST), image(1, false, FIRST)), Strategies.unaligned());

        assertArrayEquals(alone.get(0), set.get(0), 1e-4f);
        assertFalse(Arrays.equals(unaligned.get(1), set.get(1)), "the second image takes the style of the first");
    }

    /** All images of a set with full sharing depend on each other; those with a picture start together. */
    @Test
    void couplesImagesThatStartFromPictures() {
        ImageSpec[] images = {image(0, true, 0), image(1, false, 0)};
        assertEquals(
                2, generated(set("ddim", 1, null, images), Strategies.full()).size());
        assertThrows(
                AtelierException.class,
                () -> generated(set("ddim", 1, null, image(0, false, 0), image(1, false, FIRST)), Strategies.full()));
    }

    /** At the end the kept latents are those of the picture, whatever the sampler does. */
    @ParameterizedTest
    @ValueSource(strings = {"ddim", "euler", "unipc"})
    void keepsTheLatentsOutsideTheMask(String sampler) {
        float[] early = generated(set(sampler, 1, null, image(0, true, 0)), Strategies.shared())
                .get(0);
        float[] late = generated(set(sampler, 1, null, image(0, true, STEPS - 1)), Strategies.shared())
                .get(0);
        int columns = WIDTH / 2;
        for (int i = 0; i < early.length; i++) {
            if (i % columns < columns / 2) {
                assertEquals(early[i], late[i], "latent " + i);
            }
        }
        assertFalse(Arrays.equals(early, late));
    }

    /** The masks and masked pictures of such a UNet have no weights here, so it must give what the base gives. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aUNetThatIgnoresItsMaskGivesWhatItsBaseGives(boolean hasReference) throws IOException {
        float[] base = LOADED.model()
                .weights("unet")
                .tensor("conv_in.weight", 32, 4, 3, 3)
                .toFloatArray();
        float[] wider = new float[32 * 9 * 9];
        for (int out = 0; out < 32; out++) {
            System.arraycopy(base, out * 4 * 9, wider, out * 9 * 9, 4 * 9);
        }
        GivenReferences reference = hasReference ? reference() : null;
        try (TinyModel model = InpaintingModels.withConvIn(wider, folder);
                Pipeline pipeline = model.pipeline()) {
            assertSame(
                    generated(
                            set("ddim", 2, reference, image(0, false, FIRST), image(1, false, FIRST)),
                            Strategies.everything()),
                    generated(
                            pipeline,
                            set("ddim", 2, reference, image(0, true, FIRST), image(1, false, FIRST)),
                            Strategies.everything(),
                            Checkpoint.none()),
                    1e-4f,
                    "with nine channels");
        }
    }

    @Test
    void countsStepsDownAsDiffusersDoes() {
        assertEquals(28, InitPicture.remainingSteps(50, 0.58), "50 * 0.58 is 28.999...");
        assertEquals(0, InitPicture.remainingSteps(9, 0.1));
        assertEquals(9, InitPicture.remainingSteps(9, 1));
    }
}
