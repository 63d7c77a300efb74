package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.prediction.Control;
import org.atelier.diffusion.prediction.ControlPredictor;
import org.atelier.diffusion.prediction.PredictorInput;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.ControlNet;
import org.atelier.diffusion.unet.Residuals;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.tensor.Precision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets of sketchbook with control images, combined with reference images, sizes and precisions. */
class ControlledSetsTest {

    /** Rounding depends on the batch size; latents have a standard deviation of about 13. */
    private static final double BOUND = 3e-4;

    private static final int SIDE = 64;
    private static final int STEPS = 3;
    private static final List<String> PROMPTS = List.of("a red castle, stained glass", "a blue boat, stained glass");

    private static TinyModel sketchbook;
    private static Pipeline pipeline;
    private static ControlNet network;

    @BeforeAll
    static void load() {
        sketchbook = TinyModel.sketchbook();
        pipeline = sketchbook.pipeline();
        network = pipeline.controlNet(canny());
    }

    @AfterAll
    static void close() {
        network.close();
        pipeline.close();
        sketchbook.close();
    }

    private static ControlNetFolder canny() {
        return ControlNetFolder.open(
                Path.of(System.getProperty("atelier.sketchbook")).resolveSibling("sketchbook-canny"));
    }

    /** A white outline on black, with a position that depends on the number. */
    private static BufferedImage outline(int number, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.drawRect(6 + 8 * number, 10, width / 2, height / 2);
        pen.dispose();
        return image;
    }

    private static Control control(ControlNet network, double scale, Map<Integer, BufferedImage> controlImages) {
        return new Control(network, controlImages, scale, 0, 1, false, Control.PromptSource.OWN);
    }

    private static GenerationSpec generation(List<ImageSpec> images, int chunk, ReferenceImages references) {
        return new GenerationSpec(
                images, null, TestSamplers.named("ddim"), STEPS, 5, chunk, StyleWindow.ALL_STEPS, references);
    }

    /** Two targets with a style reference. */
    private static GenerationSpec withStyleReference() {
        BufferedImage style = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIDE * SIDE; i++) {
            style.setRGB(i % SIDE, i / SIDE, Color.HSBtoRGB(i % SIDE / 90f, 0.7f, (64 + i) / 8192f + 0.3f));
        }
        ReferenceImages references = new ReferenceImages(
                List.of(new ReferenceImage(style, "a house, stained glass", 1)), all -> Optional.empty(), STEPS, 2, 0);
        return generation(ImageSpec.each(PROMPTS, 7, SIDE, SIDE), 2, references);
    }

    private static GeneratedLatents generated(GenerationSpec generation, Control... controls) {
        return pipeline.generate(generation, List.of(controls), Strategies.shared(), new GenerationListener() {});
    }

    @Test
    void targetsOfAReferenceImageFollowTheirControlsByScale() {
        Map<Integer, BufferedImage> outlines = Map.of(0, outline(0, SIDE, SIDE), 1, outline(1, SIDE, SIDE));
        try (GeneratedLatents free = generated(withStyleReference());
                GeneratedLatents zero = generated(withStyleReference(), control(network, 0, outlines));
                GeneratedLatents tiny = generated(withStyleReference(), control(network, 1e-7, outlines));
                GeneratedLatents full = generated(withStyleReference(), control(network, 1, outlines))) {
            for (int i = 0; i < 2; i++) {
                assertEquals(0, TinyModel.distance(free.latents(i), zero.latents(i)), "a scale of 0 changes nothing");
                assertEquals(0, TinyModel.distance(free.latents(i), tiny.latents(i)), BOUND, "a tiny scale");
                assertTrue(TinyModel.distance(free.latents(i), full.latents(i)) > 0.1, "the control has no effect");
            }
        }
    }

    @Test
    void aTargetWithoutAControlImageIsNotControlled() {
        try (GeneratedLatents free = generated(withStyleReference());
                GeneratedLatents one =
                        generated(withStyleReference(), control(network, 1, Map.of(1, outline(1, SIDE, SIDE))))) {
            assertEquals(0, TinyModel.distance(free.latents(0), one.latents(0)), BOUND);
            assertTrue(TinyModel.distance(free.latents(1), one.latents(1)) > 0.1);
        }
    }

    @Test
    void anImageFollowsItsControlWhateverTheSizesOfTheOthers() {
        List<ImageSpec> images = List.of(
                new ImageSpec("a house, stained glass", 3, SIDE, SIDE, null),
                new ImageSpec(PROMPTS.get(0), 4, SIDE, SIDE, null),
                new ImageSpec(PROMPTS.get(1), 5, 96, 64, null),
                new ImageSpec("a red fish, stained glass", 6, 64, 32, null),
                new ImageSpec("a cat, stained glass", 8, 96, 64, null));
        Map<Integer, BufferedImage> outlines = new HashMap<>();
        for (int i = 1; i < images.size(); i++) {
            outlines.put(i, outline(i % 2, images.get(i).width(), images.get(i).height()));
        }
        try (GeneratedLatents together = generated(generation(images, 4, null), control(network, 0.8, outlines))) {
            for (int i = 1; i < images.size(); i++) {
                GenerationSpec pair = generation(List.of(images.get(0), images.get(i)), 1, null);
                try (GeneratedLatents alone = generated(pair, control(network, 0.8, Map.of(1, outlines.get(i))));
                        GeneratedLatents free = generated(pair)) {
                    assertEquals(0, TinyModel.distance(alone.latents(0), together.latents(0)), BOUND, "the reference");
                    assertEquals(0, TinyModel.distance(alone.latents(1), together.latents(i)), BOUND, "image " + i);
                    assertTrue(TinyModel.distance(alone.latents(1), free.latents(1)) > 0.1, "image " + i);
                }
            }
        }
    }

    @Test
    void aSetInBfloat16IsCloseToFloat32() {
        Map<Integer, BufferedImage> outlines = Map.of(0, outline(0, SIDE, SIDE), 1, outline(1, SIDE, SIDE));
        try (Pipeline half =
                        Pipeline.load(sketchbook.configuration, Precision.BFLOAT16, sketchbook.kernels, loaded -> {});
                ControlNet halfNetwork = half.controlNet(canny());
                GeneratedLatents expected = generated(withStyleReference(), control(network, 0.8, outlines));
                GeneratedLatents generated = half.generate(
                        withStyleReference(),
                        List.of(control(halfNetwork, 0.8, outlines)),
                        Strategies.shared(),
                        new GenerationListener() {})) {
            for (int i = 0; i < 2; i++) {
                NDArray exact = expected.latents(i);
                double spread = root(exact.sub(exact.mean()));
                double distance = root(exact.sub(generated.latents(i)));
                // The rounding depends on the processor: 0.055 on one with AVX2 only, under 0.05 on another.
                assertTrue(distance < 0.08 * spread, "off by " + distance / spread + " of the latents' spread");
                assertTrue(distance > 1e-4 * spread, "it computed in float32");
            }
        }
    }

    /** The root mean square. */
    private static double root(NDArray array) {
        return array.square().mean().sqrt().getFloat();
    }

    @ParameterizedTest
    @CsvSource({"2, false, OWN", "1, false, OWN", "2, true, OWN", "1, false, NEGATIVE"})
    void aPassReleasesAllItsMemory(int following, boolean guessMode, Control.PromptSource promptSource) {
        Map<Integer, BufferedImage> outlines = new HashMap<>();
        for (int i = 0; i < following; i++) {
            outlines.put(i, outline(i, SIDE, SIDE));
        }
        try (NDManager set = sketchbook.kernels.newManager()) {
            ControlPredictor predictor = new ControlPredictor(
                    PredictorInput::latents,
                    List.of(new Control(network, outlines, 0.8, 0, 1, guessMode, promptSource)),
                    set);
            Conditioning conditioning = new Conditioning(
                    noise(set, 4, 5, 160), noise(set, 4, 96), noise(set, 4, 6).abs());
            int weights = HeldResources.in(sketchbook.manager);
            int held = HeldResources.in(set);
            assertTrue(held > following, "the resource count cannot be read");
            for (int step = 0; step < 3; step++) {
                try (NDManager pass = set.newSubManager()) {
                    predictor.predict(new PredictorInput(
                            noise(pass, 4, 4, SIDE / 4, SIDE / 4),
                            new DenoisingStep(step, 3, 501, 1),
                            List.of(0, 1),
                            conditioning,
                            AttentionProcessor.plain(sketchbook.kernels),
                            Residuals.NONE));
                }
                assertEquals(held, HeldResources.in(set), "a pass leaks into the manager of the set");
                assertEquals(
                        weights, HeldResources.in(sketchbook.manager), "a pass leaks into the manager of the weights");
            }
        }
    }

    private static NDArray noise(NDManager manager, long... shape) {
        return sketchbook.kernels.noise(manager, 1, shape);
    }
}
