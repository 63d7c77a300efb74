package org.atelier.models.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.ModelDescription;
import org.atelier.models.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {

    @TempDir
    private Path temporary;

    private Path copyOfSketchbook() {
        Path folder = temporary.resolve("model");
        Samples.copy(Samples.SKETCHBOOK, folder);
        return folder;
    }

    private static void replace(Path file, String old, String replacement) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.contains(old), "the test must change something");
        Files.writeString(file, text.replace(old, replacement));
    }

    @Test
    void opensSketchbook() {
        ModelSource model = ModelFolder.open(Samples.SKETCHBOOK);

        assertEquals("sketchbook", model.name());
        assertTrue(model.index().flag("force_zeros_for_empty_prompt", false));
        assertEquals(List.of(48, 96, 160), model.settings("unet").integers("block_out_channels"));
        assertEquals("scaled_linear", model.settings("scheduler").text("beta_schedule"));
        assertEquals(32, model.settings("tokenizer").integer("model_max_length"));
        assertThrows(IllegalArgumentException.class, () -> model.settings("safety_checker"));
    }

    @Test
    void readsTheVocabularyOfTheCard() {
        ModelDescription sketchbook = ModelFolder.open(Samples.SKETCHBOOK).description();

        assertEquals(128, sketchbook.width());
        assertEquals(128, sketchbook.height());
        assertFalse(sketchbook.title().isEmpty());
        Map<String, List<String>> vocabulary = sketchbook.vocabulary();
        assertEquals(List.of("objects", "colours", "styles", "weather", "moods"), List.copyOf(vocabulary.keySet()));
        assertEquals(16, vocabulary.get("objects").size());
        assertEquals(8, vocabulary.get("styles").size());
    }

    @Test
    void suggestsModelsToPlugins() throws IOException {
        Path folder = copyOfSketchbook();
        assertEquals(
                "sketchbook-caption", ModelFolder.open(folder).pluginModels().get("picture"));

        Files.writeString(folder.resolve("atelier.json"), "{\"plugin_models\": {\"speech\": 3}}");
        assertThrows(AtelierException.class, () -> ModelFolder.open(folder));
    }

    @Test
    void theCardIsOptionalAndLosesControlCharacters() throws IOException {
        Path folder = copyOfSketchbook();
        Files.delete(folder.resolve("atelier.json"));
        assertEquals("", ModelFolder.open(folder).description().title());

        Files.writeString(folder.resolve("atelier.json"), "{\"title\": \"a\\u001b[2Jb\\nc\"}");
        assertEquals("a [2Jb c", ModelFolder.open(folder).description().title());
    }

    @Test
    void listsEveryFault() throws IOException {
        Path folder = copyOfSketchbook();
        Files.delete(folder.resolve("unet/diffusion_pytorch_model.safetensors"));
        Files.move(
                folder.resolve("vae/diffusion_pytorch_model.safetensors"),
                folder.resolve("vae/diffusion_pytorch_model.bin"));
        Files.delete(folder.resolve("tokenizer_2/merges.txt"));
        Files.writeString(folder.resolve("scheduler/scheduler_config.json"), "{");
        replace(folder.resolve("model_index.json"), "CLIPTextModelWithProjection", "T5EncoderModel");

        String fault = Samples.fault(() -> ModelFolder.open(folder));

        assertEquals(6, fault.lines().count(), fault);
        assertTrue(fault.contains("unet: has no weights: diffusion_pytorch_model.safetensors is missing."), fault);
        assertTrue(fault.contains("only as a pickle, diffusion_pytorch_model.bin"), fault);
        assertTrue(fault.contains("convert it to safetensors"), fault);
        assertTrue(fault.contains("tokenizer_2: has no vocabulary"), fault);
        assertTrue(fault.contains("scheduler_config.json: is not valid JSON"), fault);
        assertTrue(fault.contains("text_encoder_2 is a \"T5EncoderModel\"; only CLIPTextModelWithProjection"), fault);
    }

    @Test
    void rejectsOtherPipelinesByName() throws IOException {
        AtelierException none = assertThrows(AtelierException.class, () -> ModelFolder.open(temporary.resolve("none")));
        assertEquals(Code.MODEL_NOT_FOUND, none.code());
        assertTrue(Samples.fault(() -> ModelFolder.open(temporary)).contains("model_index.json is missing"));

        Files.writeString(temporary.resolve("model_index.json"), "{\"_class_name\": \"FluxPipeline\"}");
        assertTrue(
                Samples.fault(() -> ModelFolder.open(temporary))
                        .contains(
                                "\"FluxPipeline\"; only models of Stable Diffusion 1.x, Stable Diffusion 2.x, Stable Diffusion XL"));
    }

    @Test
    void namesAMissingComponent() throws IOException {
        Path folder = copyOfSketchbook();
        replace(folder.resolve("model_index.json"), "\"vae\"", "\"autoencoder\"");
        assertTrue(Samples.fault(() -> ModelFolder.open(folder)).contains("the component vae is missing"));
    }

    @Test
    void reportsATruncatedFileInOneLine() throws IOException {
        Path folder = copyOfSketchbook();
        Path unet = folder.resolve("unet/diffusion_pytorch_model.safetensors");
        byte[] whole = Files.readAllBytes(unet);
        Files.write(unet, Arrays.copyOf(whole, whole.length / 2));

        String fault = Samples.fault(() -> ModelFolder.open(folder));
        assertEquals(1, fault.lines().count(), fault);
        assertTrue(fault.contains("model.safetensors: the file is truncated"), fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "0", "-1", "[128, 0]", "1000000", "\"128\"", "[[1]]"})
    void rejectsInvalidImageSizes(String size) throws IOException {
        Path folder = copyOfSketchbook();
        replace(folder.resolve("unet/config.json"), "\"sample_size\": 32", "\"sample_size\": " + size);
        assertTrue(Samples.fault(() -> ModelFolder.open(folder)).contains("sample_size"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model_index.json", "atelier.json", "unet/config.json", "vae/config.json"})
    void opensOrRejectsACorruptedFile(String name) throws IOException {
        Path file = copyOfSketchbook().resolve(name);
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            Samples.overwrite(file, Samples.spoiledText(good, random));
            try {
                assertEquals(
                        "model", ModelFolder.open(temporary.resolve("model")).name());
            } catch (AtelierException e) {
                refused++;
                assertEquals(Code.MODEL_INVALID, e.code(), e.getMessage());
            }
        }
        assertTrue(refused > 0, "something must have been spoiled");
    }
}
