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

/** Memory does not grow with the number of passes: only the prediction outlives a pass. */
class MemoryTest {

    /** A thousand calls that each leaked one feature map, or one handle per kernel, would exceed this. */
    private static final long GROWTH_BOUND = 12L << 20;

    private static final int SIDE = 8;

    /** One level with the fewest layers of every kind, so that a thousand passes take seconds. */
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
            SIDE,
            0);

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

    /** The inputs of one pass with both halves of guidance. */
    private record Inputs(NDArray latents, Conditioning conditioning) {

        static Inputs of(int images, NDManager manager) {
            long rows = 2L * images;
            return new Inputs(
                    model.kernels.noise(manager, 1, rows, 4, SIDE, SIDE),
                    new Conditioning(
                            model.kernels.noise(manager, 2, rows, 32, 64),
                            model.kernels.noise(manager, 3, rows, 32),
                            model.kernels.noise(manager, 4, rows, 6)));
        }

        void pass(AttentionProcessor processor) {
            unet.forward(latents, 500, conditioning, processor).close();
        }
    }

    @Test
    void aPassReleasesAllItsMemory() {
        try (NDManager inputs = model.kernels.newManager();
                NDManager memory = model.kernels.newManager()) {
            Inputs one = Inputs.of(1, inputs);
            Inputs two = Inputs.of(2, inputs);
            int weights = HeldResources.in(model.manager);
            int given = HeldResources.in(inputs);
            assertTrue(weights > 100 && given == 8, "the resource count cannot be read");

            ReferenceFeatureRecorder recorder = model.recorder(attentions, memory);
            one.pass(recorder);
            int recorded = HeldResources.in(memory);
            assertTrue(recorded > 0, "the reference pass records features");

            one.pass(model.pass(attentions, recorder, 1));
            two.pass(model.pass(attentions, recorder, 2, 3));

            assertEquals(recorded, HeldResources.in(memory), "the recorded features grow with the targets");
            assertEquals(given, HeldResources.in(inputs), "a pass leaks into the manager of its inputs");
            assertEquals(weights, HeldResources.in(model.manager), "a pass leaks into the manager of the weights");
        }
    }

    @Test
    void encodingAPromptLeavesOnlyItsConditioning() {
        try (NDManager prompts = model.kernels.newManager()) {
            PromptEncoder encoder = model.promptEncoder(Precision.FLOAT32);
            int weights = HeldResources.in(model.manager);
            encoder.encode("a house", 32, 32, prompts);
            assertEquals(3, HeldResources.in(prompts), "text embeddings, pooled text embeddings and time ids");
            assertEquals(weights, HeldResources.in(model.manager), "encoding leaks into the manager of the weights");
        }
    }

    @Test
    void encodingAndDecodingLeaveOnlyTheirResults() {
        Autoencoder autoencoder = model.autoencoder();
        int weights = HeldResources.in(model.manager);
        try (NDManager images = model.kernels.newManager()) {
            NDArray latents = autoencoder.encode(model.kernels.noise(images, 5, 1, 3, 32, 32));
            autoencoder.decode(latents);
            assertEquals(3, HeldResources.in(images), "the image, its latents and the decoded image");
        }
        assertEquals(weights, HeldResources.in(model.manager), "the autoencoder leaks into the manager of its weights");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aThousandPassesDoNotGrowTheProcess() throws IOException {
        try (NDManager inputs = model.kernels.newManager();
                NDManager memory = model.kernels.newManager()) {
            Inputs one = Inputs.of(1, inputs);
            ReferenceFeatureRecorder recorder = model.recorder(attentions, memory);
            one.pass(recorder);
            SharedAttentionProcessor target = model.pass(attentions, recorder, 1);
            long before = residentAfter(150, one, target);
            long after = residentAfter(1000, one, target);
            assertTrue(
                    after - before < GROWTH_BOUND,
                    "a thousand passes grew the process by " + (after - before) / 1024 + " KiB");
        }
    }

    /** Runs the garbage collector often, so that uncollected garbage does not count as growth. */
    private static long residentAfter(int passes, Inputs passInputs, AttentionProcessor processor) throws IOException {
        for (int i = 0; i < passes; i++) {
            passInputs.pass(processor);
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
