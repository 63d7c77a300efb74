package org.atelier.models.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.models.Samples;
import org.atelier.models.family.TextConditioning.Unconditional;
import org.atelier.models.json.Settings;
import org.atelier.models.source.ModelFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Families are distinguished by the pipeline and the UNet, not by sizes. */
class ModelFamiliesTest {

    @TempDir
    private Path temporary;

    private static Settings settings(String json) {
        return new Settings(Path.of("config.json"), JsonParser.parseString(json).getAsJsonObject());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"cross_attention_dim\": 768}                                    | sd1",
                "{\"cross_attention_dim\": 768, \"use_linear_projection\": false}  | sd1",
                "{\"cross_attention_dim\": 1024, \"use_linear_projection\": true}  | sd2",
                "{\"cross_attention_dim\": 40}                                     | sd1",
                "{\"cross_attention_dim\": 40, \"use_linear_projection\": true}    | sd2",
                "{\"cross_attention_dim\": 64, \"addition_embed_type\": \"text_time\"} | sdxl"
            })
    void recognisesTheNetwork(String unet, String family) {
        assertEquals(family, ModelFamilies.of(settings(unet)).orElseThrow().name());
        assertEquals(family, ModelFamilies.named(family).name());
    }

    @Test
    void aNetworkWithAnotherEmbeddingIsOfNoFamily() {
        assertTrue(ModelFamilies.of(settings("{\"cross_attention_dim\": 768, \"addition_embed_type\": \"image\"}"))
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"StableDiffusionPipeline", "StableDiffusionImg2ImgPipeline", "StableDiffusionInpaintPipeline"})
    void bothVersionsHaveTheSamePipelines(String pipeline) {
        assertEquals(
                List.of("sd1", "sd2"),
                ModelFamilies.withPipeline(pipeline).stream()
                        .map(ModelFamily::name)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2"})
    void oneEncoderWithItsLastNormalisedState(String name) {
        ModelFamily family = ModelFamilies.named(name);
        TextConditioning text = family.textConditioning(settings("{}"));
        assertEquals(List.of(new TextEncoding("tokenizer", "text_encoder", 0, true, false)), text.encodings());
        assertEquals(Unconditional.EMPTY_PROMPT, text.withoutNegativePrompt());
        assertEquals(Unconditional.EMPTY_PROMPT, text.inInversion());
        assertEquals(List.of(), family.timeIds());
        assertEquals(7.5, family.defaults().cfgScale());
        assertEquals(64, family.defaults().sampleSize());
        assertEquals(Map.of("steps_offset", 1, "clip_sample", false), family.forcedSchedulerSettings());
    }

    /** As stabilityai/stable-diffusion-xl-refiner-1.0 says. */
    @Test
    void refusesTheRefinerByName() throws IOException {
        Files.writeString(temporary.resolve("model_index.json"), """
                {"_class_name": "StableDiffusionXLImg2ImgPipeline", "force_zeros_for_empty_prompt": false,
                 "text_encoder": [null, null], "tokenizer": [null, null],
                 "text_encoder_2": ["transformers", "CLIPTextModelWithProjection"]}
                """);
        String fault = Samples.fault(() -> ModelFolder.open(temporary));
        assertTrue(
                fault.endsWith("the model is the refiner of Stable Diffusion XL, which only refines the images of a"
                        + " base model; use a base model."),
                fault);
        assertEquals(1, fault.lines().count());
    }

    @Test
    void aBaseModelOfThatPipelineIsNotRefused() {
        Settings index = settings(
                "{\"text_encoder\": [\"transformers\", \"CLIPTextModel\"], \"text_encoder_2\": [\"a\", \"b\"]}");
        assertFalse(ModelFamilies.named("sdxl").unsupportedReason(index).isPresent());
    }
}
