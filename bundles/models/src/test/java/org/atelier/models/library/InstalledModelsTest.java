package org.atelier.models.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.ModelDescription;
import org.atelier.api.model.ModelOptions;
import org.atelier.api.set.SetRequest;
import org.atelier.models.Samples;
import org.atelier.models.source.ModelSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledModelsTest {

    private static final Path MODELS = Samples.SKETCHBOOK.getParent();

    private static final Path CHECKPOINTS = Path.of(System.getProperty("atelier.fixtures"))
            .resolve("checkpoints")
            .normalize();

    @TempDir
    private Path folder;

    @Test
    void findsAModelByNameAndFolder() {
        InstalledModels library = library(List.of(MODELS));
        assertEquals(Samples.SKETCHBOOK, library.find("sketchbook").path());
        assertEquals(
                Samples.SKETCHBOOK, library.find(Samples.SKETCHBOOK.toString()).path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dreams", "../sketchbook", "", " ", "stabilityai/sdxl", "nul\u0000", "no/such/folder"})
    void theErrorOfAnUnknownModelListsTheKnownOnes(String name) {
        InstalledModels library = library(List.of(MODELS));
        AtelierException fault = assertThrows(AtelierException.class, () -> library.find(name));
        assertEquals(Code.MODEL_NOT_FOUND, fault.code());
        assertTrue(fault.getMessage().contains("give a folder or one of sketchbook"), fault.getMessage());
    }

    @Test
    void findsALoraByNameAndFile() {
        InstalledModels library = library(List.of(MODELS));
        Path chalk = MODELS.resolve("loras").resolve("sketchbook-chalk.safetensors");
        for (String name : List.of("sketchbook-chalk", "sketchbook-chalk.safetensors", chalk.toString())) {
            assertEquals(chalk, library.lora(name));
        }
        assertEquals(
                List.of("Stable Diffusion XL", "lora"),
                List.of(
                        new HeaderInspector(library)
                                .inspect("sketchbook-chalk")
                                .facts()
                                .get("family"),
                        new HeaderInspector(library).inspect("sketchbook-chalk").kind()));
        AtelierException fault = assertThrows(AtelierException.class, () -> library.lora("ink"));
        assertEquals(
                "There is no LoRA \"ink\" here: give a safetensors file or one of sketchbook-chalk.",
                fault.getMessage());
    }

    @Test
    void findsAModelAddedLater() throws IOException {
        InstalledModels library = library(List.of(folder.resolve("none"), folder));
        assertEquals(List.of(), library.models());
        AtelierException fault = assertThrows(AtelierException.class, () -> library.find("dreams"));
        assertEquals("There is no model \"dreams\" here: give a folder.", fault.getMessage());

        Samples.copy(Samples.SKETCHBOOK, folder.resolve("mine"));
        Files.createDirectories(folder.resolve("no-model"));
        assertEquals(
                List.of("mine"),
                library.models().stream().map(ModelDescription::name).toList());
        assertEquals(folder.resolve("mine"), library.find("mine").path());
    }

    @Test
    void omitsAnInvalidModelFromTheListAndReportsItOnOpening() throws IOException {
        Samples.copy(Samples.SKETCHBOOK, folder.resolve("mine"));
        Files.delete(folder.resolve("mine/unet/config.json"));
        InstalledModels library = library(List.of(folder, MODELS));

        assertEquals(
                List.of("sketchbook"),
                library.models().stream().map(ModelDescription::name).toList());
        assertTrue(Samples.fault(() -> library.find("mine")).contains("unet/config.json: the file is missing"));
    }

    @Test
    void theFirstOfTwoModelsWithOneNameWins() {
        Samples.copy(Samples.SKETCHBOOK, folder.resolve("sketchbook"));
        InstalledModels library = library(List.of(folder, MODELS));
        assertEquals(folder.resolve("sketchbook"), library.find("sketchbook").path());
        assertEquals(1, library.models().size());
    }

    @Test
    void aSingleFileWithoutAConfigurationNeedsPublishedSizes() {
        Path file = CHECKPOINTS.resolve("sd1.safetensors");
        AtelierException fault = assertThrows(
                AtelierException.class, () -> library(List.of(MODELS)).find(file.toString()));
        assertTrue(fault.getMessage().contains("name a model with its configuration with --model-config"));
    }

    @Test
    void aSingleFileTakesItsConfigurationFromAnInstalledModelOfItsFamily() {
        InstalledModels library = library(List.of(MODELS));
        ModelOptions options =
                SetRequest.builder().modelConfig("sketchbook").build().modelOptions();
        Path other = CHECKPOINTS.resolve("sd1.safetensors");
        assertTrue(
                Samples.fault(() -> library.find(other.toString(), options)).contains("give another --model-config"));

        Path file = CHECKPOINTS.resolve("sdxl.safetensors");
        ModelSource model = library.find(file.toString(), options);
        assertEquals(file, model.path());
        assertEquals("sdxl.safetensors", model.name());
        assertEquals(List.of("sketchbook"), library.required(file.toString(), options));
        assertEquals(List.of("clip-tokenizer"), library.required(file.toString(), ModelOptions.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dreams.safetensors", "org/dreams.safetensors", "dreams.ckpt"})
    void aMissingFileIsNoModelOfTheHub(String name) {
        InstalledModels library = library(List.of(MODELS));
        assertTrue(library.isFile(name));
        AtelierException fault = assertThrows(AtelierException.class, () -> library.find(name));
        assertEquals(Code.MODEL_NOT_FOUND, fault.code());
        assertTrue(fault.getMessage().endsWith("/" + name + ": there is no such file."), fault.getMessage());
    }

    @Test
    void aConfigurationIsOnlyForASingleFile() {
        ModelOptions options =
                SetRequest.builder().modelConfig("sketchbook").build().modelOptions();
        AtelierException fault = assertThrows(
                AtelierException.class, () -> library(List.of(MODELS)).find("sketchbook", options));
        assertEquals(Code.INVALID_REQUEST, fault.code());
        assertTrue(fault.getMessage().contains("omit --model-config"));
    }

    private InstalledModels library(List<Path> folders) {
        return new InstalledModels(
                folders,
                new HubCache(folder.resolve("hub")),
                new PublishedConfigurations(Optional.empty()),
                ModelTable::empty);
    }
}
