package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.attention.ReferenceFeatureRecorder;
import org.atelier.diffusion.attention.SharedAttentionProcessor;
import org.atelier.diffusion.autoencoder.Autoencoder;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.text.PromptEncoder;
import org.atelier.diffusion.unet.AdditionalEmbeddingSettings;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.UNet;
import org.atelier.diffusion.unet.UNetSettings;
import org.atelier.tensor.Precision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Memory is flat, however long a set is: nothing that a pass computes outlives it but its prediction. */
class MemoryTest {

    /** A thousand calls that each left one feature map behind, or one handle for each kernel, would leave more. */
    private static final long GROWTH_BOUND = 12L << 20;

    private static final int SIDE = 8;

    /** One level, and of every kind of layer the least that there can be: a thousand passes take seconds. */
    private static final UNetSettings SMALLEST = new UNetSettings(
            4,
            4,
            List.of(32),
            List.of(true),
            List.of(1),
            List.of(List.of(1, 1)),
            List.of(2),
            1,
            64,
            8,
            1e-5,
            Optional.of(new AdditionalEmbeddingSettings(32, 6, 8)),
            true,
            0,
            SIDE);

    private static TinyModel model;
    private static UNet unet;
    private static LayerAttentions attentions;

    @BeforeAll
    static void load() {
        model = new TinyModel();
        unet = new UNet(new ListingWeights(model.manager::zeros), SMALLEST, Precision.FLOAT32, model.kernels);
        attentions = LayerAttentions.of(Strategies.everything(), unet.attentionLayers(SIDE, SIDE), model.kernels);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** The inputs of a pass of some images, with both halves of guidance. */
    private record Given(NDArray latents, Conditioning condition) {

        static Given of(int images, NDManager manager) {
            long rows = 2L * images;
            return new Given(
                    model.kernels.noise(manager, 1, rows, 4, SIDE, SIDE),
                    new Conditioning(
                            model.kernels.noise(manager, 2, rows, 32, 64),
                            model.kernels.noise(manager, 3, rows, 32),
                            model.kernels.noise(manager, 4, rows, 6)));
        }

        void pass(AttentionProcessor sharing) {
            unet.forward(latents, 500, condition, sharing).close();
        }
    }

    @Test
    void aPassLeavesNothingBehind() {
        try (NDManager inputs = model.kernels.newManager();
                NDManager memory = model.kernels.newManager()) {
            Given one = Given.of(1, inputs);
            Given two = Given.of(2, inputs);
            int weights = HeldResources.in(model.manager);
            int given = HeldResources.in(inputs);
            assertTrue(weights > 100 && given == 8, "the account of resources cannot be read");

            ReferenceFeatureRecorder reference = model.recorder(attentions, memory);
            one.pass(reference);
            int kept = HeldResources.in(memory);
            assertTrue(kept > 0, "the reference's pass keeps what the targets need");

            one.pass(model.pass(attentions, reference, 1));
            two.pass(model.pass(attentions, reference, 2, 3));

            assertEquals(kept, HeldResources.in(memory), "what is kept of the reference grows with the targets");
            assertEquals(given, HeldResources.in(inputs), "a pass leaves something with its inputs");
            assertEquals(weights, HeldResources.in(model.manager), "a pass leaves something with the weights");
        }
    }

    @Test
    void readingAPromptLeavesNothingButWhatItSays() {
        try (NDManager prompts = model.kernels.newManager()) {
            PromptEncoder encoder = model.promptEncoder(Precision.FLOAT32);
            int weights = HeldResources.in(model.manager);
            encoder.encode("a house", 32, 32, prompts);
            assertEquals(3, HeldResources.in(prompts), "text embeddings, pooled ones and time ids");
            assertEquals(weights, HeldResources.in(model.manager), "reading leaves something with the weights");
        }
    }

    @Test
    void encodingAndDecodingLeaveNothingButTheirResult() {
        Autoencoder autoencoder = model.autoencoder();
        int weights = HeldResources.in(model.manager);
        try (NDManager images = model.kernels.newManager()) {
            NDArray latents = autoencoder.encode(model.kernels.noise(images, 5, 1, 3, 32, 32));
            autoencoder.decode(latents);
            assertEquals(3, HeldResources.in(images), "the image, its latents, and the image of them");
        }
        assertEquals(weights, HeldResources.in(model.manager), "the autoencoder leaves something with its weights");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aThousandPassesLeaveTheProcessAsLargeAsItWas() throws IOException {
        try (NDManager inputs = model.kernels.newManager();
                NDManager memory = model.kernels.newManager()) {
            Given one = Given.of(1, inputs);
            ReferenceFeatureRecorder reference = model.recorder(attentions, memory);
            one.pass(reference);
            SharedAttentionProcessor target = model.pass(attentions, reference, 1);
            long before = residentAfter(150, one, target);
            long after = residentAfter(1000, one, target);
            assertTrue(
                    after - before < GROWTH_BOUND,
                    "a thousand passes grew the process by " + (after - before) / 1024 + " KiB");
        }
    }

    /** The heap is swept often, so that garbage waiting for the collector is not taken for growth. */
    private static long residentAfter(int passes, Given given, AttentionProcessor sharing) throws IOException {
        for (int i = 0; i < passes; i++) {
            given.pass(sharing);
            if (i % 50 == 49) {
                System.gc();
            }
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String resident =
                    lines.filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
            return 1024 * Long.parseLong(resident.replaceAll("[^0-9]", ""));
        }
    }
}
