package org.atelier.models.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.set.InversionMethod;
import org.atelier.models.source.ModelFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecommendedSettingsTest {

    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void copy() throws IOException {
        model = folder.resolve("tiny");
        copy(Path.of(System.getProperty("atelier.fixtures")).resolve("tiny-sdxl"));
    }

    private void copy(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = model.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.write(to, Files.readAllBytes(file));
            }
        }
    }

    private RecommendedSettings recommended() {
        return RecommendedSettings.of(ModelFolder.open(model));
    }

    private void scheduler(String json) throws IOException {
        Files.writeString(model.resolve("scheduler/scheduler_config.json"), json);
    }

    @Test
    void recommendsNothingForAModelOfManySteps() {
        assertEquals(RecommendedSettings.NONE, recommended());
    }

    @ParameterizedTest
    @CsvSource({
        "LCMScheduler, leading, lcm",
        "TCDScheduler, leading, tcd",
        "EulerAncestralDiscreteScheduler, trailing, euler-ancestral"
    })
    void knowsTheSchedulersOfFewSteps(String name, String spacing, String sampler) throws IOException {
        scheduler("{\"_class_name\": \"%s\", \"timestep_spacing\": \"%s\"}".formatted(name, spacing));

        assertEquals(
                new RecommendedSettings(
                        Optional.of(sampler),
                        Map.of(),
                        Optional.of(4),
                        Optional.of(1.0),
                        Optional.empty(),
                        Optional.of(InversionMethod.NOISE)),
                recommended());
    }

    @Test
    void recommendsAScaleForAnEmbeddingOfGuidance() throws IOException {
        Files.move(
                model.resolve("unet/diffusion_pytorch_model.safetensors"),
                model.resolve("unet/diffusion_pytorch_model-00001-of-00002.safetensors"));
        copy(Path.of(System.getProperty("atelier.fixtures")).resolve("tiny-lcm"));

        assertEquals(Optional.of("lcm"), recommended().sampler());
        assertEquals(Optional.of(8.0), recommended().cfgScale());
    }

    @Test
    void prefersTheFilesOfTheModel() throws IOException {
        scheduler("{\"_class_name\": \"LCMScheduler\"}");
        Files.writeString(model.resolve("atelier.json"), "{\"title\": \"T\", \"defaults\": {\"steps\": 6}}");

        assertEquals(Optional.of(6), recommended().steps());
        assertEquals(Optional.empty(), recommended().sampler());

        Files.writeString(folder.resolve("tiny.json"), "{\"sampler\": \"tcd\", \"sampler_options\": {\"gamma\": 0.5}}");

        assertEquals(Optional.of("tcd"), recommended().sampler());
        assertEquals(Map.of("gamma", 0.5), recommended().samplerOptions());
        assertEquals(Optional.empty(), recommended().steps());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"steps\": 0}",
                "{\"sampler\": 5}",
                "{\"inversion_method\": \"magic\"}",
                "{\"sampler_options\": {\"gamma\": [1]}}"
            })
    void rejectsAnInvalidFile(String json) throws IOException {
        Files.writeString(folder.resolve("tiny.json"), json);

        AtelierException fault = assertThrows(AtelierException.class, this::recommended);

        assertEquals(AtelierException.Code.MODEL_INVALID, fault.code());
        assertTrue(fault.getMessage().contains("tiny.json"), fault.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "sdxl-turbo, euler-ancestral, 4, 1",
        "stabilityai/sd-turbo, euler-ancestral, 4, 1",
        "sdxl_lightning_2step_unet.safetensors, euler, 2, 1",
        "ByteDance/SDXL-Lightning, euler, 4, 1",
        "sdxl-lightning, euler, 4, 1",
        "sdxl-lightning-8step, euler, 8, 1",
        "ByteDance/SDXL-Lightning:sdxl_lightning_1step_x0.safetensors, euler, 1, 1",
        "hyper-sdxl-1step, lcm, 1, 1",
        "Hyper-SDXL-1step-Unet.safetensors, lcm, 1, 1",
        "latent-consistency/lcm-sdxl:diffusion_pytorch_model.fp16.safetensors, lcm, 4, 1",
        "Hyper-SDXL-1step-lora.safetensors, tcd, 1, 1",
        "Hyper-SD15-4steps-lora.safetensors, ddim, 4, 1",
        "Hyper-SDXL-8steps-CFG-lora.safetensors, ddim, 8, 5",
        "latent-consistency/lcm-lora-sdv1-5, lcm, 4, 1",
        "LCM_Dreamshaper_v7, lcm, 4, 1",
        "h1t/TCD-SDXL-LoRA, tcd, 4, 1"
    })
    void knowsTheNamesOfDistilledModels(String name, String sampler, int steps, double cfgScale) {
        RecommendedSettings known = RecommendedSettings.named(name).orElseThrow();

        assertEquals(Optional.of(sampler), known.sampler());
        assertEquals(Optional.of(steps), known.steps());
        assertEquals(Optional.of(cfgScale), known.cfgScale());
        assertEquals(Optional.of(InversionMethod.NOISE), known.inversionMethod());
    }

    @Test
    void knowsWhatANetworkOfOneStepPredicts() {
        assertEquals(
                Optional.of("sample"),
                RecommendedSettings.named("sdxl_lightning_1step_unet_x0.safetensors")
                        .orElseThrow()
                        .prediction());
        assertEquals(
                Map.of("timesteps", "800"),
                RecommendedSettings.named("hyper-sdxl-1step").orElseThrow().samplerOptions());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sketchbook", "stable-diffusion-xl-base-1.0", "dreamshaper_8", "dreamtcdx"})
    void doesNotGuess(String name) {
        assertEquals(Optional.empty(), RecommendedSettings.named(name));
    }
}
