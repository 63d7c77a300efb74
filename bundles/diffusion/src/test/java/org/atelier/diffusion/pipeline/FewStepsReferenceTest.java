package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.UNet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A UNet that embeds the guidance scale, and sets of few steps, against diffusers: fixtures few-steps and tiny-lcm. */
class FewStepsReferenceTest {

    private static final double CALL_BOUND = 1e-5;

    /** Latents have a standard deviation of up to 24. */
    private static final double LATENTS_BOUND = 5e-4;

    private static final String FIRST_SHARD = "diffusion_pytorch_model-00001-of-00002.safetensors";

    @TempDir
    private static Path folder;

    private static TinyModel plain;
    private static TinyModel embedding;
    private static Pipeline plainPipeline;
    private static Pipeline embeddingPipeline;
    private static ReferenceTensors reference;

    @BeforeAll
    static void load() throws IOException {
        plain = new TinyModel();
        plainPipeline = plain.pipeline();
        embedding = new TinyModel(embeddingModel());
        embeddingPipeline = embedding.pipeline();
        reference = embedding.reference("few-steps");
    }

    @AfterAll
    static void close() {
        plainPipeline.close();
        plain.close();
        embeddingPipeline.close();
        embedding.close();
    }

    /** The files of tiny-sdxl and, over them, those of tiny-lcm. */
    private static Path embeddingModel() throws IOException {
        copy(ReferenceTensors.folder().resolve("tiny-sdxl"));
        Path unet = folder.resolve("unet");
        Files.move(unet.resolve("diffusion_pytorch_model.safetensors"), unet.resolve(FIRST_SHARD));
        copy(ReferenceTensors.folder().resolve("tiny-lcm"));
        return folder;
    }

    private static void copy(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.write(to, Files.readAllBytes(file));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 3.5, 8})
    void embedsTheGuidanceScale(double scale) {
        UNet unet = embedding.unet();
        assertTrue(unet.embedsGuidance());
        NDArray output = unet.withGuidanceScale(scale)
                .forward(
                        reference.get("call.sample"),
                        601,
                        new Conditioning(
                                reference.get("call.prompt_embeds"),
                                reference.get("call.pooled"),
                                reference.get("call.time_ids")),
                        AttentionProcessor.plain(embedding.kernels));

        assertEquals(0, TinyModel.distance(output, reference.get("call.output." + scale)), CALL_BOUND);
    }

    @Test
    void guidesWithoutAnEmbeddingByAnUnconditionalHalf() {
        assertFalse(plain.unet().embedsGuidance());
    }

    static Stream<String> sets() throws IOException {
        return TinyModel.json("few-steps").getAsJsonObject("cases").keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void equalsTheSetOfTheReference(String name) throws IOException {
        JsonObject json = TinyModel.json("few-steps");
        JsonObject set = json.getAsJsonObject("cases").getAsJsonObject(name);
        List<String> prompts = json.getAsJsonArray("prompts").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
        GenerationSpec generation = new GenerationSpec(
                ImageSpec.each(prompts, json.get("seed").getAsLong(), 32, 32),
                set.get("negative").getAsBoolean() ? json.get("negative_prompt").getAsString() : null,
                TestSamplers.named(set.get("sampler").getAsString()),
                set.get("steps").getAsInt(),
                set.get("guidance").getAsDouble(),
                2,
                StyleWindow.ALL_STEPS,
                null);
        AttentionStrategy strategy = set.get("shared").getAsBoolean() ? Strategies.shared() : Strategies.unaligned();
        Pipeline pipeline = set.get("embedded").getAsBoolean() ? embeddingPipeline : plainPipeline;
        try (GeneratedLatents generated = pipeline.generate(generation, strategy, new GenerationListener() {})) {
            NDArray expected = reference.get(name + ".latents");
            for (int image = 0; image < generated.count(); image++) {
                assertEquals(
                        0,
                        TinyModel.distance(generated.latents(image), expected.get(image + ":" + (image + 1))),
                        LATENTS_BOUND);
            }
        }
    }
}
