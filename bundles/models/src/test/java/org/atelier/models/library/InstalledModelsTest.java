package org.atelier.models.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.LoraInput;
import org.atelier.api.model.ModelDescription;
import org.atelier.api.model.ModelOptions;
import org.atelier.api.set.SetRequest;
import org.atelier.models.Samples;
import org.atelier.models.source.ModelSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledModelsTest {

    private static final Path MODELS = Samples.SKETCHBOOK.getParent();

    private static final Path CHECKPOINTS = Path.of(System.getProperty("atelier.fixtures"))
            .resolve("checkpoints")
            .normalize();

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

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
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aDeviceIsNoModel() {
        ModelOptions options =
                SetRequest.builder().modelConfig("sketchbook").build().modelOptions();
        InstalledModels library = library(List.of(MODELS));
        for (ModelOptions each : List.of(options, ModelOptions.DEFAULT)) {
            AtelierException fault = assertThrows(AtelierException.class, () -> library.find("/dev/zero", each));
            assertEquals(
                    "/dev/zero: a device, a pipe or a socket, not a regular file; copy what it gives to a file.",
                    fault.getMessage());
        }
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

    @Test
    void findsASingleFileInAFolderOfModelsByItsName() throws IOException {
        Files.copy(CHECKPOINTS.resolve("sdxl.safetensors"), folder.resolve("dreams.safetensors"));
        Files.copy(CHECKPOINTS.resolve("sdxl.safetensors"), folder.resolve("sketchbook.safetensors"));
        Files.copy(MODELS.resolve("loras/sketchbook-chalk.safetensors"), folder.resolve("chalk.safetensors"));
        Files.copy(
                Samples.SKETCHBOOK.resolve("vae/diffusion_pytorch_model.safetensors"),
                folder.resolve("colours.safetensors"));
        Files.writeString(folder.resolve("broken.safetensors"), "broken");
        Files.write(
                folder.resolve("edges.safetensors"),
                Samples.safetensors(
                        Samples.header("F32", "[1]", 4, "controlnet_cond_embedding.conv_in.bias"), new byte[4]));
        InstalledModels library = library(List.of(folder, MODELS));
        ModelOptions options =
                SetRequest.builder().modelConfig("sketchbook").build().modelOptions();

        for (String name : List.of("dreams", "dreams.safetensors")) {
            ModelSource model = library.find(name, options);
            assertEquals(folder.resolve("dreams.safetensors"), model.path());
            assertEquals(name, model.name());
            assertEquals(Optional.of(model.path()), library.file(name));
            assertEquals(model.path(), library.folder(name));
            assertFalse(library.isFile(name));
            assertEquals(List.of(name, "sketchbook"), library.required(name, options));
        }
        assertEquals(Samples.SKETCHBOOK, library.find("sketchbook").path(), "a folder comes before a file");
        assertEquals(folder.resolve("chalk.safetensors"), library.lora("chalk"));
        assertEquals(
                List.of(
                        "broken unreadable",
                        "chalk lora",
                        "colours vae",
                        "dreams images",
                        "edges other",
                        "sketchbook images",
                        "sketchbook-chalk lora",
                        "sketchbook-clip metric",
                        "sketchbook-depth depth",
                        "sketchbook-depth-control control",
                        "sketchbook-dino metric",
                        "sketchbook-music music",
                        "sketchbook-speech speech",
                        "sketchbook-summary summary",
                        "sketchbook.safetensors images"),
                library.installed().stream()
                        .filter(model -> !model.name().matches("sketchbook-ca.*"))
                        .map(model -> model.name() + " " + model.kind())
                        .toList());
        assertEquals(
                "checkpoint", new HeaderInspector(library).inspect("dreams").kind());
        assertEquals("vae", new HeaderInspector(library).inspect("colours").kind());
        AtelierException absent = assertThrows(AtelierException.class, () -> library.find("nightmares"));
        assertEquals(
                "There is no model \"nightmares\" here: give a folder or one of sketchbook, dreams, sketchbook.safetensors.",
                absent.getMessage());
    }

    @Test
    void saysHowToUseWhatIsNoModelForImages() {
        InstalledModels library = library(List.of(MODELS));

        assertEquals(
                "There is no model \"sketchbook-chalk\" here: it is a LoRA; give it with --lora sketchbook-chalk.",
                assertThrows(AtelierException.class, () -> library.find("sketchbook-chalk"))
                        .getMessage());
        AtelierException control = assertThrows(AtelierException.class, () -> library.find("sketchbook-canny"));
        assertEquals(Code.MODEL_INVALID, control.code());
        assertEquals(
                "The model \"sketchbook-canny\" is a ControlNet; give it with --control-model.", control.getMessage());
        assertEquals(
                "The model \"sketchbook-dino\" is of the kind metric, which generates no images.",
                assertThrows(AtelierException.class, () -> library.find("sketchbook-dino"))
                        .getMessage());
        assertTrue(assertThrows(AtelierException.class, () -> library.folder("nowhere"))
                .getMessage()
                .contains("one of sketchbook, sketchbook-canny, sketchbook-caption"));
    }

    @Test
    void findsASingleFileOfTheHubByItsName() throws IOException {
        Path snapshot = folder.resolve("hub/models--org--lightning/snapshots/" + COMMIT);
        Files.createDirectories(snapshot);
        Files.createDirectories(folder.resolve("hub/models--org--lightning/refs"));
        Files.writeString(folder.resolve("hub/models--org--lightning/refs/main"), COMMIT);
        InstalledModels library = library(
                List.of(MODELS),
                "{\"quick\": {\"kind\": \"images\", \"repository\": \"org/lightning\","
                        + " \"file\": \"4step_unet.safetensors\", \"config\": \"sketchbook\"},"
                        + " \"ink\": {\"kind\": \"lora\", \"repository\": \"org/lightning\", \"file\": \"ink.safetensors\"}}");
        AtelierException absent = assertThrows(AtelierException.class, () -> library.find("quick"));
        assertTrue(
                absent.getMessage()
                        .startsWith(
                                "There is no model \"quick\" here: fetch it with \"atelier models pull quick\", or give a folder or one of sketchbook"),
                absent.getMessage());
        assertEquals(List.of("quick", "sketchbook"), library.required("quick", ModelOptions.DEFAULT));
        ModelOptions inked =
                SetRequest.builder().loras(List.of(LoraInput.of("ink"))).build().modelOptions();
        assertEquals(List.of("quick", "sketchbook", "ink"), library.required("quick", inked));
        assertTrue(assertThrows(AtelierException.class, () -> library.lora("ink"))
                .getMessage()
                .startsWith("There is no LoRA \"ink\" here: fetch it with \"atelier models pull ink\", or"));

        Path unet = snapshot.resolve("4step_unet.safetensors");
        Files.copy(Samples.SKETCHBOOK.resolve("unet/diffusion_pytorch_model.safetensors"), unet);
        Files.copy(CHECKPOINTS.resolve("sdxl.safetensors"), snapshot.resolve("8step.safetensors"));
        Files.copy(MODELS.resolve("loras/sketchbook-chalk.safetensors"), snapshot.resolve("ink.safetensors"));
        Files.writeString(snapshot.resolve("other.safetensors"), "of another program");

        assertEquals(unet, library.find("quick").path());
        assertEquals("quick", library.find("quick").name());
        assertEquals(unet, library.folder("quick"));
        assertEquals(unet, library.folder("org/lightning:4step_unet.safetensors"));
        assertEquals(unet, library.folder("org/lightning@" + COMMIT + ":4step_unet.safetensors"));
        assertEquals(snapshot.resolve("ink.safetensors"), library.lora("ink"));
        assertEquals(
                List.of("ink lora", "org/lightning:8step.safetensors images", "quick images"),
                library.installed().stream()
                        .filter(model -> model.revision().equals(COMMIT))
                        .map(model -> model.name() + " " + model.kind())
                        .toList());
        assertTrue(library.models().stream().anyMatch(model -> model.folder().equals(unet)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/name:../x.safetensors",
                "org/name:x.bin",
                "org/name:/x.safetensors",
                "org/name:.safetensors",
                "name:x.safetensors",
                "org/name:a/../x.safetensors",
                "org/name:x.safetensors:y.safetensors"
            })
    void aNameOfAFileOfTheHubCannotLeaveItsFolder(String name) {
        assertEquals(Optional.empty(), HubFile.parse(name));
    }

    private InstalledModels library(List<Path> folders, String table) throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/models.json"), table);
        return new InstalledModels(
                folders,
                new HubCache(folder.resolve("hub")),
                new PublishedConfigurations(Optional.empty()),
                () -> ModelTable.in(folder));
    }

    private InstalledModels library(List<Path> folders) {
        return new InstalledModels(
                folders,
                new HubCache(folder.resolve("hub")),
                new PublishedConfigurations(Optional.empty()),
                ModelTable::empty);
    }
}
