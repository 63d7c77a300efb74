package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StrengthPresets;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.files.Sha256;
import org.atelier.models.source.ModelFolder;
import org.atelier.pictures.EmbeddedMetadata;
import org.atelier.plugins.FakePlugins;
import org.atelier.plugins.PluginKind;
import org.atelier.requests.ImageMetadata;
import org.atelier.requests.RequestFiles;
import org.atelier.studio.folder.SetFolder;
import org.atelier.studio.folder.SetLocks;
import org.atelier.studio.resolve.FakeContexts;
import org.atelier.studio.resolve.FakeLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.ComponentFactory;

class AtelierStudioTest {

    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a house", "a dragon", "a fish")
            .style("pop art")
            .seed(5L)
            .build();

    private static final Path TILE = Path.of("src/test/resources/pictures/rgb.png");
    private static final SetRequest IMAGED = REQUEST.toBuilder()
            .references(new ReferenceFile(TILE.toString(), "a tile", 1, null))
            .build();

    private final TestStudio fakes = new TestStudio();
    private final FakePlugins plugins = fakes.plugins;
    private final FakeImageGenerator generator = fakes.generator;
    private final AtelierStudio studio = fakes.studio();

    @TempDir
    private Path root;

    /** Records what it receives, and cancels the set after some images. */
    private static final class Witness implements SetListener {
        private final List<String> notes = new ArrayList<>();
        private final List<GeneratedImage> finished = new ArrayList<>();
        private int endsAfter = Integer.MAX_VALUE;

        @Override
        public void noted(String sentence) {
            notes.add(sentence);
        }

        @Override
        public void finished(GeneratedImage image) {
            assertTrue(Files.exists(image.file()));
            finished.add(image);
        }

        @Override
        public boolean cancelled() {
            return finished.size() >= endsAfter;
        }
    }

    @Test
    void writesImagesContactSheetAndRecord() throws IOException {
        Witness witness = new Witness();

        GeneratedSet set = studio.generate(REQUEST, root.resolve("set"), witness);

        assertEquals(
                List.of("000.png", "001.png", "002.png", "contact-sheet.png", "set.json"), names(root.resolve("set")));
        assertEquals(set.images(), witness.finished);
        assertEquals("a dragon, pop art", set.images().get(1).prompt());
        assertEquals(
                FakeImageGenerator.image(set.request(), 2).getRGB(7, 7),
                ImageIO.read(set.images().get(2).file().toFile()).getRGB(7, 7));
        assertEquals(
                set.request(),
                new RequestFiles(FakeContexts.KINDS, TestStudio.cards(), StrengthPresets.NONE).read(set.record()));
        assertEquals(
                set.request(),
                new RequestFiles(FakeContexts.KINDS, TestStudio.cards(), StrengthPresets.NONE)
                        .read(set.images().get(1).file()));
        assertEquals(plugins.started.size(), plugins.disposed.size());
    }

    @Test
    void recordsTheHashOfEveryFile() throws IOException {
        GeneratedSet set = studio.generate(REQUEST, root.resolve("set"), new Witness());

        JsonObject record =
                JsonParser.parseString(Files.readString(set.record())).getAsJsonObject();
        JsonArray files = record.getAsJsonArray("files");
        assertEquals(4, files.size());
        for (JsonElement entry : files) {
            JsonObject file = entry.getAsJsonObject();
            byte[] content =
                    Files.readAllBytes(set.folder().resolve(file.get("file").getAsString()));
            assertEquals(Sha256.of(content), file.get("sha256").getAsString());
        }
        assertEquals(6, files.get(1).getAsJsonObject().get("seed").getAsLong());
        assertTrue(record.get("model_fingerprint").getAsString().matches("[0-9a-f]{64}"));
        assertFalse(Files.readString(set.record()).contains(root.toString()));
    }

    @Test
    void generatesTheSameBytesFromItsRecord() throws IOException {
        GeneratedSet first = studio.generate(REQUEST, root.resolve("first"), new Witness());

        studio.generate(
                new RequestFiles(FakeContexts.KINDS, TestStudio.cards(), StrengthPresets.NONE).read(first.record()),
                root.resolve("second"),
                new Witness());

        for (String name : names(root.resolve("first"))) {
            assertArrayEquals(
                    Files.readAllBytes(root.resolve("first").resolve(name)),
                    Files.readAllBytes(root.resolve("second").resolve(name)),
                    name);
        }
    }

    @Test
    void putsTheReconstructionBeforeTheImages() throws IOException {
        generator.reconstructions = 1;

        GeneratedSet set = studio.generate(IMAGED, root.resolve("set"), new Witness());

        assertEquals(
                List.of("000.png", "001.png", "002.png", "003.png", "contact-sheet.png", "set.json"),
                names(root.resolve("set")));
        GeneratedImage reconstruction = set.images().get(0);
        assertTrue(reconstruction.isReconstruction());
        assertEquals("a tile", reconstruction.prompt());
        assertEquals(6L, set.images().get(1).seed());
        assertEquals("a house, pop art", set.images().get(1).prompt());
        JsonObject first = JsonParser.parseString(Files.readString(set.record()))
                .getAsJsonObject()
                .getAsJsonArray("files")
                .get(0)
                .getAsJsonObject();
        assertTrue(first.get("reconstruction").getAsBoolean());
        assertFalse(first.has("seed"));
        Map<String, String> texts = EmbeddedMetadata.read(reconstruction.file()).texts();
        assertTrue(texts.get(ImageMetadata.ATELIER).contains("\"reconstruction\":true"));
        assertFalse(texts.containsKey(ImageMetadata.PARAMETERS));
        Map<String, String> generated =
                EmbeddedMetadata.read(set.images().get(1).file()).texts();
        assertTrue(generated.get(ImageMetadata.PARAMETERS).contains("Seed: 6"));
        assertEquals(
                set.request(),
                new RequestFiles(FakeContexts.KINDS, TestStudio.cards(), StrengthPresets.NONE).read(set.record()));
    }

    @Test
    void namesReconstructionsOfSeveralReferences() throws IOException {
        generator.reconstructions = 2;
        plugins.bind(PluginKind.BLEND, FakePlugins.apart(), FakePlugins.reference("apart", 3));
        ReferenceFile tile = IMAGED.references().images().get(0);

        studio.generate(
                IMAGED.toBuilder().references(tile, tile).blend("apart").build(), root.resolve("set"), new Witness());

        assertEquals(
                List.of("000-a.png", "000-b.png", "001.png", "002.png", "003.png", "contact-sheet.png", "set.json"),
                names(root.resolve("set")));
        assertThrows(AtelierException.class, () -> SetFolder.take(root.resolve("set"), new SetLocks()));
    }

    @Test
    void passesOptionsToTheBlendAndRecordsThem() throws IOException {
        generator.reconstructions = 1;
        List<Map<String, Object>> started = new ArrayList<>();
        ComponentFactory<StyleBlend> apart = FakePlugins.apart();
        plugins.bind(
                PluginKind.BLEND,
                options -> {
                    started.add(FrameworkUtil.asMap(options));
                    return apart.newInstance(options);
                },
                FakePlugins.reference("apart", 3));
        ReferenceFile tile = IMAGED.references().images().get(0);
        SetRequest asked = IMAGED.toBuilder()
                .references(tile, tile)
                .blend("apart")
                .blendOptions(Map.of("score-scale", "0.5"))
                .build();

        GeneratedSet set = studio.generate(asked, root.resolve("set"), new Witness());

        assertEquals(List.of(Map.of("adainQueries", true, "scoreScale", 0.5)), started);
        assertEquals(
                Map.of("adain-queries", true, "score-scale", 0.5),
                new RequestFiles(FakeContexts.KINDS, TestStudio.cards(), StrengthPresets.NONE)
                        .read(set.record())
                        .references()
                        .blendOptions());
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> studio.resolve(
                        asked.toBuilder().blendOptions(Map.of("tension", 1L)).build()));
        assertTrue(
                fault.getMessage().startsWith("The blend 'apart' has no option 'tension'; it has"), fault.getMessage());
    }

    @Test
    void reportsTheRefusalOfAStrategyBeforeItGenerates() {
        plugins.bind(
                PluginKind.ATTENTION,
                plugins.factoryOf(layer -> {
                    throw new AtelierException(
                            Code.INVALID_REQUEST,
                            "There is only %s, of %d x %d.".formatted(layer.block(), layer.width(), layer.height()));
                }),
                FakePlugins.reference("choosy", 4));
        SetRequest request =
                REQUEST.toBuilder().attention("choosy").width(256).height(128).build();

        AtelierException fault = assertThrows(AtelierException.class, () -> studio.resolve(request));

        AttentionLayer first = ModelConfiguration.of(ModelFolder.open(FakeLibrary.SKETCHBOOK))
                .attentionLayers(256, 128)
                .get(0);
        assertEquals(
                "There is only %s, of %d x %d.".formatted(first.block(), first.width(), first.height()),
                fault.getMessage());
        assertEquals(plugins.started.size(), plugins.disposed.size());
    }

    @Test
    void requiresTheSizeOfTheSetForACoupledReference() {
        plugins.bind(PluginKind.ATTENTION, plugins.factoryOf(new FullyCoupled()), FakePlugins.reference("full", 4));
        SetRequest request = IMAGED.toBuilder().attention("full").build();

        assertEquals(10, studio.resolve(request).sampling().cfgScale());
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> studio.resolve(request.toBuilder()
                        .items(List.of(new SetItem("a house", null, 256, 256, Map.of())))
                        .build()));
        assertTrue(
                fault.getMessage().contains("with its reference, which has the size of the set"), fault.getMessage());
    }

    @Test
    void refusesSeparateReferencesForACoupledSet() {
        plugins.bind(PluginKind.ATTENTION, plugins.factoryOf(new FullyCoupled()), FakePlugins.reference("full", 4));
        plugins.bind(PluginKind.BLEND, FakePlugins.apart(), FakePlugins.separate("apart", 5));
        ReferenceFile tile = IMAGED.references().images().get(0);
        SetRequest request =
                IMAGED.toBuilder().references(tile, tile).blend("apart").build();

        assertEquals("apart", studio.resolve(request).references().blend());
        SetRequest coupled = request.toBuilder().attention("full").build();
        AtelierException fault = assertThrows(AtelierException.class, () -> studio.resolve(coupled));

        assertEquals(
                "The attention 'full' couples all images of a set equally and cannot weight separate references; choose another"
                        + " blend than 'apart'.",
                fault.getMessage());
    }

    private static final class FullyCoupled implements AttentionStrategy {

        @Override
        public Attention at(AttentionLayer layer) {
            return Attention.plain();
        }

        @Override
        public Coupling coupling() {
            return Coupling.SET;
        }
    }

    @Test
    void refusesAReferenceThatHasChanged() throws IOException {
        generator.reconstructions = 1;
        Path tile = Files.copy(TILE, root.resolve("tile.png"));
        GeneratedSet set = studio.generate(
                IMAGED.toBuilder()
                        .references(new ReferenceFile(tile.toString(), "a tile", 1, null))
                        .build(),
                root.resolve("set"),
                new Witness());
        Files.copy(TILE.resolveSibling("grey.png"), tile, StandardCopyOption.REPLACE_EXISTING);

        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> studio.generate(
                        new RequestFiles(FakeContexts.KINDS, TestStudio.cards(), StrengthPresets.NONE)
                                .read(set.record()),
                        root.resolve("again"),
                        new Witness()));

        assertTrue(fault.getMessage().contains("tile.png has changed since"), fault.getMessage());
        assertEquals(List.of("set", "tile.png"), names(root));
    }

    @Test
    void omitsMetadataOnRequest() throws IOException {
        GeneratedSet set =
                studio.generate(REQUEST.toBuilder().metadata(false).build(), root.resolve("set"), new Witness());

        for (GeneratedImage image : set.images()) {
            assertEquals(0, EmbeddedMetadata.read(image.file()).texts().size());
        }
        assertEquals(0, EmbeddedMetadata.read(set.contactSheet()).texts().size());
    }

    @Test
    void keepsFinishedImagesWhenCancelled() throws IOException {
        Witness witness = new Witness();
        witness.endsAfter = 2;

        AtelierException fault =
                assertThrows(AtelierException.class, () -> studio.generate(REQUEST, root.resolve("set"), witness));

        assertEquals(Code.CANCELLED, fault.code());
        assertEquals(List.of("000.png", "001.png", "set.journal"), names(root.resolve("set")));
        assertEquals(plugins.started.size(), plugins.disposed.size());
    }

    @Test
    void leavesNoFolderWhenCancelledBeforeTheFirstImage() throws IOException {
        Witness witness = new Witness();
        witness.endsAfter = 0;

        assertThrows(AtelierException.class, () -> studio.generate(REQUEST, root.resolve("new/set"), witness));

        assertEquals(List.of(), names(root));
    }

    @Test
    void keepsFinishedImagesWhenGenerationFails() throws IOException {
        generator.failsBefore = 1;

        assertThrows(AtelierException.class, () -> studio.generate(REQUEST, root.resolve("set"), new Witness()));

        assertEquals(List.of("000.png", "set.journal"), names(root.resolve("set")));
    }

    @Test
    void refusesAFolderWithAnEarlierSet() throws IOException {
        studio.generate(REQUEST, root.resolve("set"), new Witness());
        Witness witness = new Witness();

        AtelierException fault =
                assertThrows(AtelierException.class, () -> studio.generate(REQUEST, root.resolve("set"), witness));

        assertEquals(Code.OUTPUT_UNWRITABLE, fault.code());
        assertEquals(List.of(), witness.finished);
    }

    @Test
    void writesNothingForAnInvalidRequest() throws IOException {
        assertThrows(
                AtelierException.class,
                () -> studio.generate(REQUEST.toBuilder().steps(-3).build(), root.resolve("set"), new Witness()));

        assertEquals(List.of(), names(root));
    }

    @Test
    void notesUnknownWords() {
        Witness witness = new Witness();

        studio.generate(REQUEST, root.resolve("set"), witness);

        assertTrue(witness.notes.contains("sketchbook does not know: dragon."), witness.notes.toString());
        assertTrue(witness.notes.stream().anyMatch(note -> note.contains("lighthouse")), witness.notes.toString());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
