package org.atelier.models.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelDescription;
import org.atelier.models.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models in a cache of huggingface_hub's layout. */
class HubCacheTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String OTHER_COMMIT = "f123456789abcdef0123456789abcdef01234567";
    private static final Path HOME = Path.of("/home/user");

    @TempDir
    private Path folder;

    private HubCache cache;
    private InstalledModels models;

    @BeforeEach
    void layOut() throws IOException {
        cache = new HubCache(folder.resolve("hub"));
        Files.createDirectories(folder.resolve("home/config"));
        Files.writeString(
                folder.resolve("home/config/models.json"),
                "{\"sketches\": {\"kind\": \"images\", \"repository\": \"org/sketch\"}, "
                        + "\"words\": {\"kind\": \"caption\", \"repository\": \"org/words\", \"revision\": \"v1\"}}");
        models = new InstalledModels(
                List.of(folder.resolve("shelf")),
                cache,
                new PublishedConfigurations(Optional.empty()),
                () -> ModelTable.in(folder.resolve("home")));
        Samples.copy(Samples.SKETCHBOOK, folder.resolve("shelf/sketchbook"));
        Samples.copy(Samples.SKETCHBOOK, cache.snapshot("org/sketch", COMMIT));
        refer("org/sketch", "main", COMMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sketches", "org/sketch", "org/sketch@main", "org/sketch@" + COMMIT})
    void findsAFetchedModelByAllItsNames(String name) {
        assertEquals(cache.snapshot("org/sketch", COMMIT), models.folder(name));
        assertEquals(name, models.find(name).name());
        assertEquals(name, models.find(name).description().name());
    }

    @Test
    void listsAModelWithItsKind() {
        assertEquals(
                List.of("sketchbook", "sketches"),
                models.models().stream().map(ModelDescription::name).sorted().toList());
        InstalledModel fetched = models.installed().get(1);
        assertEquals("sketches", fetched.name());
        assertEquals("images", fetched.kind());
        assertEquals("org/sketch", fetched.repository());
        assertEquals(COMMIT, fetched.revision());
        assertTrue(fetched.bytes() > 1_000_000);
    }

    @Test
    void findsAModelOfAnotherKindByItsFolder() throws IOException {
        Path words = Files.createDirectories(cache.snapshot("org/words", OTHER_COMMIT));
        Files.writeString(words.resolve("config.json"), "{\"model_type\": \"blip\"}");
        assertEquals(Code.MODEL_NOT_FOUND, missing("words").code(), "its revision is not known yet");
        refer("org/words", "v1", OTHER_COMMIT);
        assertEquals(words, models.folder("words"));
        assertEquals(words, models.folder("org/words@v1"));
        assertEquals(
                List.of("caption", "images", "images"),
                models.installed().stream().map(InstalledModel::kind).sorted().toList());
    }

    @ParameterizedTest
    @CsvSource({"resnet, network", "clip, metric", "vit, metric"})
    void listsAModelWithGraphsOfAnyType(String type, String kind) throws IOException {
        Path network = Files.createDirectories(cache.snapshot("org/encoder", OTHER_COMMIT));
        Files.writeString(network.resolve("config.json"), "{\"model_type\": \"" + type + "\"}");
        refer("org/encoder", "main", OTHER_COMMIT);
        assertEquals(2, models.installed().size(), "without a graph nothing runs it");
        Files.createFile(Files.createDirectory(network.resolve("onnx")).resolve("model.onnx"));
        assertEquals(
                List.of(kind),
                models.installed().stream()
                        .filter(model -> model.name().equals("org/encoder"))
                        .map(InstalledModel::kind)
                        .toList());
    }

    @Test
    void omitsUnsupportedModels() throws IOException {
        Path chat = Files.createDirectories(cache.snapshot("org/chat", OTHER_COMMIT));
        Files.writeString(chat.resolve("config.json"), "{\"model_type\": \"llama\"}");
        refer("org/chat", "main", OTHER_COMMIT);
        Files.createDirectories(cache.folder().resolve("models--odd/snapshots"));
        Files.createDirectories(cache.folder().resolve("datasets--org--data"));
        assertEquals(2, models.installed().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"words", "org/absent", "org/sketch@v2"})
    void theErrorOfAMissingModelNamesTheCommand(String name) {
        assertTrue(missing(name).getMessage().contains("\"atelier models pull " + name + "\""));
    }

    @Test
    void ignoresARefWithoutACommit() throws IOException {
        refer("org/sketch", "main", "../../elsewhere");
        assertEquals(Code.MODEL_NOT_FOUND, missing("org/sketch").code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "/x",
                "a/b/c",
                "../x",
                "a/..",
                "a/b@..",
                "a/b@x/../y",
                "a--b/c",
                "a/b@",
                "-a/b",
                "a/b c",
                ""
            })
    void rejectsInvalidHubNames(String name) {
        assertEquals(Optional.empty(), HubName.parse(name));
    }

    @Test
    void findsTheCacheByTheEnvironment() {
        assertEquals(HOME.resolve(".cache/huggingface/hub"), folder(Map.of()));
        assertEquals(Path.of("/big/huggingface/hub"), folder(Map.of("XDG_CACHE_HOME", "/big")));
        assertEquals(Path.of("/hf/hub"), folder(Map.of("HF_HOME", "/hf", "XDG_CACHE_HOME", "/big")));
        assertEquals(Path.of("/cache"), folder(Map.of("HF_HUB_CACHE", "/cache", "HF_HOME", "/hf")));
        assertEquals(HOME.resolve("models"), folder(Map.of("HF_HUB_CACHE", "~/models")));
    }

    @Test
    void readsTheTableOfTheDistribution() {
        Path distribution = Samples.SKETCHBOOK.getParent().getParent().getParent();
        ModelTable table = ModelTable.in(distribution);
        assertEquals(
                "stabilityai/stable-diffusion-xl-base-1.0",
                table.find("sdxl").orElseThrow().hubName().repository());
        assertEquals("speech", table.find("whisper-small").orElseThrow().kind());
    }

    @Test
    void reportsAnInvalidTable() throws IOException {
        Files.writeString(
                folder.resolve("home/config/models.json"), "{\"x\": {\"kind\": \"speech\", \"repository\": \"../x\"}}");
        assertTrue(Samples.fault(() -> ModelTable.in(folder.resolve("home"))).contains("x: ../x is not org/name"));
        assertEquals(
                folder.resolve("shelf/sketchbook"),
                models.folder("sketchbook"),
                "who does not need it does not notice");
    }

    private static Path folder(Map<String, String> environment) {
        return HubCache.of(environment, HOME).folder();
    }

    private AtelierException missing(String name) {
        AtelierException fault = assertThrows(AtelierException.class, () -> models.folder(name));
        assertEquals(Code.MODEL_NOT_FOUND, fault.code());
        return fault;
    }

    private void refer(String repository, String revision, String commit) throws IOException {
        Path refs = Files.createDirectories(cache.repository(repository).resolve("refs"));
        Files.writeString(refs.resolve(revision), commit);
    }
}
