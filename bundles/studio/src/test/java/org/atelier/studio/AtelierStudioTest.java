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
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StrengthPresets;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.files.Sha256;
import org.atelier.models.source.ModelFolder;
import org.atelier.pictures.EmbeddedMetadata;
import org.atelier.plugins.FakePlugins;
import org.atelier.plugins.PluginKind;
import org.atelier.requests.RequestFiles;
import org.atelier.studio.resolve.FakeContexts;
import org.atelier.studio.resolve.FakeLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtelierStudioTest {

    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a house", "a dragon", "a fish")
            .style("pop art")
            .seed(5L)
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
                List.of("000.png", "001.png", "002.png", "contact-sheet.png", "set.json"),
                TestStudio.names(root.resolve("set")));
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

        for (String name : TestStudio.names(root.resolve("first"))) {
            assertArrayEquals(
                    Files.readAllBytes(root.resolve("first").resolve(name)),
                    Files.readAllBytes(root.resolve("second").resolve(name)),
                    name);
        }
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
        assertEquals(List.of("000.png", "001.png", "set.journal"), TestStudio.names(root.resolve("set")));
        assertEquals(plugins.started.size(), plugins.disposed.size());
    }

    @Test
    void leavesNoFolderWhenCancelledBeforeTheFirstImage() throws IOException {
        Witness witness = new Witness();
        witness.endsAfter = 0;

        assertThrows(AtelierException.class, () -> studio.generate(REQUEST, root.resolve("new/set"), witness));

        assertEquals(List.of(), TestStudio.names(root));
    }

    @Test
    void keepsFinishedImagesWhenGenerationFails() throws IOException {
        generator.failsBefore = 1;

        assertThrows(AtelierException.class, () -> studio.generate(REQUEST, root.resolve("set"), new Witness()));

        assertEquals(List.of("000.png", "set.journal"), TestStudio.names(root.resolve("set")));
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

        assertEquals(List.of(), TestStudio.names(root));
    }

    @Test
    void notesUnknownWords() {
        Witness witness = new Witness();

        studio.generate(REQUEST, root.resolve("set"), witness);

        assertTrue(witness.notes.contains("sketchbook does not know: dragon."), witness.notes.toString());
        assertTrue(witness.notes.stream().anyMatch(note -> note.contains("lighthouse")), witness.notes.toString());
    }
}
