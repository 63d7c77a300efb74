package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
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
import org.atelier.pictures.EmbeddedMetadata;
import org.atelier.plugins.FakePlugins;
import org.atelier.plugins.PluginKind;
import org.atelier.requests.ImageMetadata;
import org.atelier.requests.RequestFiles;
import org.atelier.studio.folder.SetFolder;
import org.atelier.studio.folder.SetLocks;
import org.atelier.studio.resolve.FakeContexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.ComponentFactory;

/** Sets that take their style from images. */
class ReferencedSetsTest {

    private static final Path TILE = Path.of("src/test/resources/pictures/rgb.png");
    private static final SetRequest IMAGED = SetRequest.builder()
            .prompts("a house", "a dragon", "a fish")
            .style("pop art")
            .seed(5L)
            .references(new ReferenceFile(TILE.toString(), "a tile", 1, null))
            .build();

    private static final SetListener IGNORED = new SetListener() {};

    private final TestStudio fakes = new TestStudio();
    private final FakePlugins plugins = fakes.plugins;
    private final FakeImageGenerator generator = fakes.generator;
    private final AtelierStudio studio = fakes.studio();

    @TempDir
    private Path root;

    @Test
    void putsTheReconstructionBeforeTheImages() throws IOException {
        generator.reconstructions = 1;

        GeneratedSet set = studio.generate(IMAGED, root.resolve("set"), IGNORED);

        assertEquals(
                List.of("000.png", "001.png", "002.png", "003.png", "contact-sheet.png", "set.json"),
                TestStudio.names(root.resolve("set")));
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

        studio.generate(IMAGED.toBuilder().references(tile, tile).blend("apart").build(), root.resolve("set"), IGNORED);

        assertEquals(
                List.of("000-a.png", "000-b.png", "001.png", "002.png", "003.png", "contact-sheet.png", "set.json"),
                TestStudio.names(root.resolve("set")));
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

        GeneratedSet set = studio.generate(asked, root.resolve("set"), IGNORED);

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
                IGNORED);
        Files.copy(TILE.resolveSibling("grey.png"), tile, StandardCopyOption.REPLACE_EXISTING);

        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> studio.generate(
                        new RequestFiles(FakeContexts.KINDS, TestStudio.cards(), StrengthPresets.NONE)
                                .read(set.record()),
                        root.resolve("again"),
                        IGNORED));

        assertTrue(fault.getMessage().contains("tile.png has changed since"), fault.getMessage());
        assertEquals(List.of("set", "tile.png"), TestStudio.names(root));
    }
}
