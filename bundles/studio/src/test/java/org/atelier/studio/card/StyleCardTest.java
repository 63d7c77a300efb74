package org.atelier.studio.card;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCardFile;
import org.atelier.files.Sha256;
import org.atelier.pictures.EmbeddedMetadata;
import org.atelier.requests.RequestFiles;
import org.atelier.studio.FirstSet;
import org.atelier.studio.TestStudio;
import org.atelier.studio.resolve.FakeContexts;
import org.atelier.studio.resolve.FakeLibrary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class StyleCardTest {

    @TempDir
    private Path root;

    private FirstSet first;

    @BeforeEach
    void prepare() {
        first = new FirstSet(root);
    }

    @Test
    void containsTheRequestOfTheFirstSet() throws IOException {
        GeneratedSet set = first.saved(FirstSet.REQUEST);

        StyleCard card = FirstSet.read(first.card());

        assertEquals(first.card(), set.styleCard());
        assertEquals("0.1.0", card.version());
        assertEquals("sketchbook", card.model());
        assertEquals(0, card.trajectories());
        assertEquals(
                set.request().toBuilder()
                        .chunk(null)
                        .device(null)
                        .summary(ContextSummary.of("never"))
                        .build(),
                card.request());
        assertEquals(
                new StyleCardFile(first.card().toString(), Sha256.of(Files.readAllBytes(first.card()))), card.file());
        assertEquals(List.of("first", "pop.style"), names(root));
        assertTrue(TestStudio.cards().isCard(first.card()));
        assertFalse(TestStudio.cards().isCard(set.record()));
    }

    @Test
    void containsPreviewAndTrajectoriesWithoutPaths() {
        first.saved(FirstSet.IMAGED);

        OpenedCard opened = CardReader.read(FirstSet.input(first.card()));

        assertEquals(Optional.of(FirstSet.TRAJECTORIES), opened.trajectories());
        assertEquals(
                "rgb.png", opened.card().request().references().images().get(0).file());
        Map<String, byte[]> entries =
                CardArchive.read(FirstSet.input(first.card()), "a style card").entries();
        assertEquals(List.of("card.json", "reference-a.safetensors", "preview.png"), List.copyOf(entries.keySet()));
        assertFalse(new String(entries.get("card.json"), StandardCharsets.UTF_8)
                .contains(FirstSet.TILE.getParent().toString()));
    }

    @Test
    void writesIdenticalFilesForTheSameCard() throws IOException {
        first.saved(FirstSet.IMAGED);
        first.studio.generate(
                FirstSet.IMAGED,
                new SetOutput(root.resolve("again"), root.resolve("again.style")),
                new SetListener() {});

        assertArrayEquals(Files.readAllBytes(first.card()), Files.readAllBytes(root.resolve("again.style")));
    }

    @Test
    void startsALaterSetWithImageZeroAndReusesSeeds() {
        first.saved(FirstSet.REQUEST);

        SetRequest later = first.studio.resolve(
                first.newRequest().prompts("a boat", "a fish").build());

        assertEquals(List.of(item("a house", 5), item("a boat", 6), item("a fish", 7)), later.items());
        assertEquals(5L, later.seed());
        assertEquals("pop art", later.style());
        assertEquals(30, later.sampling().steps());
        assertEquals(later, first.studio.resolve(later), "settled once is settled");
    }

    @Test
    void reusesTheValuesOfAnImageWithTheSamePrompt() {
        first.saved(FirstSet.REQUEST.toBuilder()
                .items(List.of(
                        SetItem.of("a house"), new SetItem("a fish", 900L, 256, null, Map.of("score-scale", 2.0))))
                .build());

        SetRequest later = first.studio.resolve(
                first.newRequest().prompts("a boat", "a cup", "a fish").build());

        assertEquals(
                new SetItem("a fish", 900L, 256, 128, Map.of("score-scale", 2.0)),
                later.items().get(3));
    }

    @Test
    void prefersAGivenSeed() {
        first.saved(FirstSet.REQUEST);

        SetRequest later = first.studio.resolve(
                first.newRequest().prompts("a fish", "a house").seed(50L).build());
        assertEquals(List.of(item("a house", 5), item("a fish", 51), item("a house", 52)), later.items());

        SetRequest own = first.studio.resolve(first.newRequest()
                .items(List.of(new SetItem("a fish", 9L, null, null, Map.of())))
                .build());
        assertEquals(item("a fish", 9), own.items().get(1));
    }

    @Test
    void doesNotGenerateImageZeroTwice() {
        first.saved(FirstSet.REQUEST);

        assertEquals(
                List.of(item("a house", 5), item("a boat", 6)),
                first.studio
                        .resolve(first.newRequest().prompts("a house", "a boat").build())
                        .items());
    }

    @Test
    void usesTrajectoriesWithoutTheReferenceFiles() {
        first.saved(FirstSet.IMAGED);
        first.generator.inverted = null;

        GeneratedSet later = first.studio.generate(
                first.newRequest().prompts("a boat", "a fish").build(),
                new SetOutput(root.resolve("later"), root.resolve("later.style")),
                new SetListener() {});

        assertEquals(
                List.of(item("a boat", 6), item("a fish", 8)), later.request().items());
        assertEquals("a tile", later.images().get(0).prompt());
        assertEquals(
                Optional.of(FirstSet.TRAJECTORIES),
                CardReader.read(FirstSet.input(root.resolve("later.style"))).trajectories());
        assertEquals(
                later.request(),
                first.studio.resolve(new RequestFiles(FakeContexts.KINDS, TestStudio.cards(), StrengthPresets.NONE)
                        .read(later.record())));
    }

    @Test
    void isResolvedRelativeToTheRequestFile() throws IOException {
        first.saved(FirstSet.REQUEST);
        Path recipe = Files.writeString(
                root.resolve("recipe.json"),
                "{\"items\": [\"a boat\"], \"card\": {\"file\": \"pop.style\"}, \"chunk\": 2}");

        SetRequest read = new RequestFiles(FakeContexts.KINDS, TestStudio.cards(), StrengthPresets.NONE).read(recipe);

        assertEquals(
                first.newRequest()
                        .prompts("a boat")
                        .chunk(2)
                        .card(new StyleCardFile(first.card().toString(), null))
                        .build(),
                read);
        assertEquals(
                FirstSet.read(first.card()).file(), first.studio.resolve(read).card());
    }

    @Test
    void reusesTheContextTextsOfTheFirstSet() {
        ContextText rain = new ContextText("rainy weather", "test", null, List.of());
        ContextInput place = ContextInput.of("place", "Bergen").withText(rain);
        first.saved(FirstSet.REQUEST.toBuilder().contexts(place).build());

        SetRequest later =
                first.studio.resolve(first.newRequest().prompts("a boat").build());

        assertEquals(List.of(place), later.contexts().inputs());
        assertEquals("a boat, pop art, rainy weather", later.styledPrompt(1));
        assertEquals("a house, pop art, rainy weather", later.styledPrompt(0));
        assertRefused("The texts of contexts come from the card", hand -> hand.contexts());
    }

    @Test
    void refusesValuesThatConflictWithTheReference() {
        first.saved(FirstSet.IMAGED);

        assertRefused("was made with steps 30 and does not support another value (31)", hand -> hand.steps(31));
        assertRefused("was made with the style 'pop art'", hand -> hand.style("neon sign"));
        assertRefused("was made with no negative prompt", hand -> hand.negativePrompt("fog"));
        assertRefused("was made with the sampler 'ddim'", hand -> hand.sampler("euler"));
        assertRefused("was made with cfg-scale 10.0", hand -> hand.cfgScale(4));
        assertRefused("was made with width 128", hand -> hand.width(256));
        assertRefused("was made with inversion-offset 1", hand -> hand.inversionOffset(0));
        assertRefused("was made with inversion-cfg 2.0", hand -> hand.inversionCfg(3.0));
        assertRefused(
                "A set uses either the card pop.style or its own references",
                hand -> hand.references(new ReferenceFile(FirstSet.TILE.toString(), "another", 1, null)));
        assertRefused(
                "generates every image alone", hand -> hand.attention("none").attentionOptions(Map.of()));
        first.studio.resolve(first.newRequest()
                .prompts("a boat")
                .attentionOption("score-scale", 2.0)
                .styleTo(0.5)
                .build());
    }

    private void assertRefused(String expected, Consumer<SetRequestBuilder> change) {
        SetRequestBuilder asked = first.newRequest().prompts("a boat");
        change.accept(asked);
        AtelierException fault = assertThrows(AtelierException.class, () -> first.studio.resolve(asked.build()));
        assertEquals(Code.INVALID_REQUEST, fault.code());
        assertTrue(fault.getMessage().contains(expected), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
    }

    @Test
    void refusesAnotherModelOfTheSameShapes() throws IOException {
        first.saved(FirstSet.REQUEST);
        Path tuned = root.resolve("tuned");
        copy(FakeLibrary.SKETCHBOOK, tuned);
        first.studio.resolve(
                first.newRequest().prompts("a boat").model(tuned.toString()).build());

        Path weights = tuned.resolve("unet/diffusion_pytorch_model.safetensors");
        byte[] content = Files.readAllBytes(weights);
        for (int i = content.length / 2; i < content.length; i += 2) {
            content[i] ^= 1;
        }
        Files.write(weights, content);

        assertRefused("was made with the model 'sketchbook'", hand -> hand.model(tuned.toString()));
    }

    @Test
    void refusesACardThatHasChanged() {
        first.saved(FirstSet.REQUEST);
        SetRequest settled =
                first.studio.resolve(first.newRequest().prompts("a boat").build());
        SetRequest changed = settled.toBuilder()
                .card(new StyleCardFile(first.card().toString(), "0".repeat(64)))
                .build();

        AtelierException fault = assertThrows(AtelierException.class, () -> first.studio.resolve(changed));
        assertTrue(fault.getMessage().contains("has changed since the request was resolved"), fault.getMessage());
    }

    @Test
    void isNotWrittenOverAFileNorForASetWithoutAReference() throws IOException {
        Files.writeString(first.card(), "mine");
        assertEquals(
                Code.OUTPUT_UNWRITABLE,
                fault(() -> first.saved(FirstSet.REQUEST)).code());
        assertEquals("mine", Files.readString(first.card()));
        Files.delete(first.card());

        AtelierException alone = fault(() -> first.saved(FirstSet.REQUEST.toBuilder()
                .attention("none")
                .attentionOptions(Map.of())
                .build()));
        assertTrue(alone.getMessage().contains("has no reference for later sets"));
        AtelierException nowhere = fault(() -> first.studio.generate(
                FirstSet.REQUEST,
                new SetOutput(root.resolve("first"), root.resolve("none/pop.style")),
                new SetListener() {}));
        assertEquals(Code.OUTPUT_UNWRITABLE, nowhere.code());
        assertEquals(List.of(), names(root), "nothing is left behind");
    }

    @Test
    void isWrittenOnlyWithACompleteSet() {
        first.generator.failsBefore = 1;
        assertThrows(AtelierException.class, () -> first.saved(FirstSet.REQUEST));

        assertFalse(Files.exists(first.card()));
    }

    @Test
    void containsASmallPreview() throws IOException {
        first.saved(FirstSet.REQUEST);

        byte[] preview = CardArchive.read(FirstSet.input(first.card()), "a style card")
                .entries()
                .get("preview.png");

        Path file = Files.write(root.resolve("preview.png"), preview);
        assertEquals(128, ImageIO.read(file.toFile()).getWidth());
        assertEquals(Map.of(), EmbeddedMetadata.read(file).texts());
    }

    private static AtelierException fault(Executable step) {
        return assertThrows(AtelierException.class, step);
    }

    private static SetItem item(String prompt, long seed) {
        return new SetItem(prompt, seed, 128, 128, Map.of());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
