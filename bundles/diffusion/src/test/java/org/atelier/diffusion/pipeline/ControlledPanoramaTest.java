package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.diffusion.prediction.Control;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StackedLatents;
import org.atelier.diffusion.sampling.StartLatents;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.diffusion.unet.ControlNet;
import org.atelier.diffusion.window.WindowGrid;
import org.atelier.models.source.ControlNetFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Windows that do not overlap are images of their own: with their part of the noise and of the control image. */
class ControlledPanoramaTest {

    /** Rounding depends on the batch size; latents have a standard deviation of about 13. */
    private static final double BOUND = 3e-4;

    private static final int SIDE = 64;
    private static final int FACTOR = 4;
    private static final String PROMPT = "a red castle, stained glass";

    private static TinyModel sketchbook;
    private static Pipeline pipeline;
    private static ControlNet network;

    @BeforeAll
    static void load() {
        sketchbook = TinyModel.sketchbook();
        pipeline = sketchbook.pipeline();
        network = pipeline.controlNet(ControlNetFolder.open(
                Path.of(System.getProperty("atelier.sketchbook")).resolveSibling("sketchbook-canny")));
    }

    @AfterAll
    static void close() {
        network.close();
        pipeline.close();
        sketchbook.close();
    }

    private static BufferedImage outline() {
        BufferedImage image = new BufferedImage(2 * SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.drawRect(6, 10, 90, 40);
        pen.drawOval(70, 4, 30, 30);
        pen.dispose();
        return image;
    }

    private static GeneratedLatents generated(List<ImageSpec> images, Map<Integer, BufferedImage> controlImages) {
        GenerationSpec generation =
                new GenerationSpec(images, null, TestSamplers.named("ddim"), 3, 5, 2, StyleWindow.ALL_STEPS, null);
        Control control = new Control(network, controlImages, 0.8, 0, 1, false, Control.PromptSource.OWN);
        return pipeline.generate(generation, List.of(control), Strategies.unaligned(), new GenerationListener() {});
    }

    @Test
    void aControlImageIsCutLikeTheLatents() {
        int tokens = SIDE / FACTOR;
        NDArray noise = sketchbook.kernels.noise(sketchbook.manager, 4, 1, 4, tokens, 2L * tokens);
        ImageSpec panorama =
                new ImageSpec(PROMPT, 4, 2 * SIDE, SIDE, null).withGrid(new WindowGrid(tokens, tokens, tokens, false));
        try (GeneratedLatents wide = generated(List.of(panorama), Map.of(0, outline()));
                GeneratedLatents free = generated(List.of(panorama), Map.of())) {
            assertTrue(TinyModel.distance(wide.latents(0), free.latents(0)) > 0.1, "the control has no effect");
            for (int half = 0; half < 2; half++) {
                String columns = ":, :, :, %d:%d".formatted(half * tokens, (half + 1) * tokens);
                StartLatents start = new StartLatents(
                        StackedLatents.of(List.of(noise.get(columns).duplicate())), 0, false);
                ImageSpec alone = new ImageSpec(PROMPT, 9, SIDE, SIDE, null, start);
                BufferedImage part = outline().getSubimage(half * SIDE, 0, SIDE, SIDE);
                try (GeneratedLatents one = generated(List.of(alone), Map.of(0, part))) {
                    assertEquals(
                            0,
                            TinyModel.distance(one.latents(0), wide.latents(0).get(columns)),
                            BOUND,
                            "window " + half);
                }
            }
        }
    }
}
