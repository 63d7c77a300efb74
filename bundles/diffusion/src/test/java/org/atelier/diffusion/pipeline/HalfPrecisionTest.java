package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.util.List;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.attention.SharedAttentionProcessor;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.diffusion.text.PromptEncoder;
import org.atelier.diffusion.unet.UNet;
import org.atelier.tensor.Precision;
import org.example.leavingout.LeavingOutAttention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Half precision: close to float32 in one call and in whole sets. */
class HalfPrecisionTest {

    /** A prediction has a standard deviation of about 1; bfloat16 has 8 significant bits, float16 has 11. */
    @ParameterizedTest
    @CsvSource({"BFLOAT16, 0.1", "FLOAT16, 0.01"})
    void aUNetCallIsCloseToFloat32(Precision precision, double bound) throws IOException {
        try (TinyModel model = new TinyModel()) {
            UNet unet = new UNet(
                    model.folder.weights("unet", model.kernels, precision, model.manager),
                    model.configuration.unet(),
                    precision,
                    model.kernels);
            ReferenceTensors reference = model.reference("unet");
            NDArray latents = reference.get("square.sample");
            Conditioning conditioning = new Conditioning(
                    reference.get("square.prompt_embeds"),
                    reference.get("square.pooled"),
                    reference.get("square.time_ids").toType(DataType.FLOAT32, true));
            SharedAttentionProcessor plain = model.pass(
                    LayerAttentions.of(Strategies.unaligned(), unet.attentionLayers(16, 16), model.kernels), null, 0);
            double timestep = reference.get("square.timestep").getLong();
            NDArray output = unet.forward(latents, timestep, conditioning, plain);
            assertEquals(DataType.FLOAT32, output.getDataType());
            double distance = TinyModel.distance(output, reference.get("square.output"));
            assertEquals(0, distance, bound);
            assertTrue(distance > 1e-4, "it computed in float32");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"BFLOAT16", "FLOAT16"})
    void textEmbeddingsAreCloseToFloat32(Precision precision) {
        try (TinyModel model = new TinyModel()) {
            Conditioning single = encoded(model, Precision.FLOAT32);
            Conditioning half = encoded(model, precision);
            assertEquals(DataType.FLOAT32, half.textEmbeddings().getDataType());
            assertEquals(0, TinyModel.distance(half.textEmbeddings(), single.textEmbeddings()), 0.1);
            assertEquals(0, TinyModel.distance(pooled(half), pooled(single)), 0.1);
        }
    }

    private static NDArray pooled(Conditioning conditioning) {
        return conditioning.added().orElseThrow().pooledTextEmbeddings();
    }

    private static Conditioning encoded(TinyModel model, Precision precision) {
        try (PromptEncoder encoder = model.promptEncoder(precision)) {
            return encoder.encode("a red fish", 32, 32, model.manager);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"BFLOAT16", "FLOAT16"})
    void aSetIsCloseToFloat32(Precision precision) {
        GenerationSpec generation = new GenerationSpec(
                ImageSpec.each(List.of("a red fish", "a house", "a rocket"), 3, 32, 48),
                "a cat",
                TestSamplers.named("ddim"),
                4,
                5,
                2,
                StyleWindow.ALL_STEPS,
                null);
        try (TinyModel model = new TinyModel();
                Pipeline single = model.pipeline();
                Pipeline half = Pipeline.load(model.configuration, precision, model.kernels, loaded -> {});
                GeneratedLatents expected =
                        single.generate(generation, Strategies.shared(), new GenerationListener() {});
                GeneratedLatents generated =
                        half.generate(generation, Strategies.shared(), new GenerationListener() {})) {
            for (int image = 0; image < generated.count(); image++) {
                NDArray latents = expected.latents(image);
                double spread =
                        latents.sub(latents.mean()).square().mean().sqrt().getFloat();
                double distance = latents.sub(generated.latents(image))
                        .square()
                        .mean()
                        .sqrt()
                        .getFloat();
                assertTrue(distance < 0.05 * spread, "off by " + distance / spread + " of the latents' spread");
                assertEquals(32, generated.image(image).getWidth());
                assertEquals(48, generated.image(image).getHeight());
            }
        }
    }

    @Test
    void everyStrategyWorksInBfloat16() {
        GenerationSpec generation = new GenerationSpec(
                ImageSpec.each(List.of("a red fish", "a house"), 3, 32, 32),
                null,
                TestSamplers.named("euler"),
                2,
                5,
                1,
                StyleWindow.ALL_STEPS,
                null);
        try (TinyModel model = new TinyModel();
                Pipeline half = Pipeline.load(model.configuration, Precision.BFLOAT16, model.kernels, loaded -> {});
                GeneratedLatents everything =
                        half.generate(generation, Strategies.everything(), new GenerationListener() {});
                GeneratedLatents full = half.generate(generation, Strategies.full(), new GenerationListener() {});
                GeneratedLatents without =
                        half.generate(generation, new LeavingOutAttention("fish"), new GenerationListener() {});
                GeneratedLatents excluding =
                        half.generate(generation, Strategies.excluding("fish"), new GenerationListener() {})) {
            assertTrue(Float.isFinite(without.latents(1).abs().sum().getFloat()));
            assertTrue(Float.isFinite(excluding.latents(1).abs().sum().getFloat()));
            assertTrue(Float.isFinite(everything.latents(1).abs().sum().getFloat()));
            assertTrue(Float.isFinite(full.latents(1).abs().sum().getFloat()));
        }
    }
}
