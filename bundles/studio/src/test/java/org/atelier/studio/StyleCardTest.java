package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.context.Words;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.DrawnSet;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCardFile;
import org.atelier.diffusion.Trajectories;
import org.atelier.diffusion.Trajectory;
import org.atelier.models.FloatTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class StyleCardTest {

    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a house", "a dragon", "a fish")
            .style("pop art")
            .seed(5L)
            .steps(30)
            .build();

    private static final Path TILE =
            Path.of("src/test/resources/pictures/rgb.png").toAbsolutePath();
    private static final SetRequest PICTURED = REQUEST.but()
            .references(new ReferenceFile(TILE.toString(), "a tile", 1, null))
            .inversionSteps(3)
            .inversionOffset(1)
            .build();

    private static final Trajectories FOLLOWED =
            new Trajectories(List.of(new Trajectory("a tile", 1, latents(3))), List.of(661.0, 331.0));

    private final FakeContexts contexts = new FakeContexts();
    private final FakeArtist artist = new FakeArtist();
    private final FakeLibrary library = new FakeLibrary();
    private final AtelierStudio studio = new AtelierStudio(
            library,
            new FakeAttentions().registry(),
            FakeAttentions.blends(),
            contexts.sources(),
            contexts.summarizers(),
            FakeAttentions.leases(),
            new FakeControls().ofSets(),
            artist,
            new FakeSettings(0, 60, 60),
            new AtelierBuild("0.1.0", () -> "same"));

    @TempDir
    private Path root;

    private static FloatTensor latents(int steps) {
        float[] values = new float[steps * 4 * 2 * 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 3f;
        }
        return new FloatTensor(List.of((long) steps, 4L, 2L, 2L), FloatBuffer.wrap(values));
    }

    private Path card() {
        return root.resolve("pop.style");
    }

    private DrawnSet saved(SetRequest request) {
        artist.inverted = request.references().isEmpty() ? null : FOLLOWED;
        artist.reconstructions = request.references().size();
        return studio.draw(request, new SetOutput(root.resolve("first"), card()), new SetListener() {});
    }

    private static StyleCard read(Path file) {
        return new ZippedStyleCards().read(file);
    }

    private SetRequestBuilder hand() {
        return read(card()).hand().but();
    }

    @Test
    void holdsWhatTheFirstSetWasDrawnFrom() throws IOException {
        DrawnSet set = saved(REQUEST);

        StyleCard card = read(card());

        assertEquals(card(), set.styleCard());
        assertEquals("0.1.0", card.version());
        assertEquals("sketchbook", card.model());
        assertEquals(0, card.trajectories());
        assertEquals(
                set.request()
                        .but()
                        .chunk(null)
                        .device(null)
                        .summary(ContextSummary.of("never"))
                        .build(),
                card.first());
        assertEquals(new StyleCardFile(card().toString(), Sha256.of(Files.readAllBytes(card()))), card.file());
        assertEquals(List.of("first", "pop.style"), names(root));
        assertTrue(new ZippedStyleCards().isCard(card()));
        assertFalse(new ZippedStyleCards().isCard(set.record()));
    }

    @Test
    void holdsThePictureAndTheTrajectoriesWithoutTheirPlace() {
        saved(PICTURED);

        OpenedCard opened = CardReader.read(card());

        assertEquals(Optional.of(FOLLOWED), opened.trajectories());
        assertEquals("rgb.png", opened.card().first().references().get(0).file());
        Map<String, byte[]> entries = CardArchive.read(card()).entries();
        assertEquals(List.of("card.json", "reference-a.safetensors", "preview.png"), List.copyOf(entries.keySet()));
        assertFalse(new String(entries.get("card.json"), StandardCharsets.UTF_8)
                .contains(TILE.getParent().toString()));
    }

    @Test
    void isTheSameFileWheneverItIsWritten() throws IOException {
        saved(PICTURED);
        studio.draw(PICTURED, new SetOutput(root.resolve("again"), root.resolve("again.style")), new SetListener() {});

        assertArrayEquals(Files.readAllBytes(card()), Files.readAllBytes(root.resolve("again.style")));
    }

    @Test
    void beginsALaterSetWithPictureZeroAndTheSeedsOfItsPrompts() {
        saved(REQUEST);

        SetRequest later = studio.resolve(hand().prompts("a boat", "a fish").build());

        assertEquals(List.of(item("a house", 5), item("a boat", 6), item("a fish", 7)), later.items());
        assertEquals(5L, later.seed());
        assertEquals("pop art", later.style());
        assertEquals(30, later.steps());
        assertEquals(later, studio.resolve(later), "settled once is settled");
    }

    @Test
    void drawsAPromptOfTheFirstSetFromItsOwnSeedWhereverItStands() {
        saved(REQUEST.but()
                .items(List.of(
                        SetItem.of("a house"), new SetItem("a fish", 900L, 256, null, Map.of("score-scale", 2.0))))
                .build());

        SetRequest later =
                studio.resolve(hand().prompts("a boat", "a cup", "a fish").build());

        assertEquals(
                new SetItem("a fish", 900L, 256, 128, Map.of("score-scale", 2.0)),
                later.items().get(3));
    }

    @Test
    void letsASeedThatIsSaidWin() {
        saved(REQUEST);

        SetRequest later =
                studio.resolve(hand().prompts("a fish", "a house").seed(50L).build());
        assertEquals(List.of(item("a house", 5), item("a fish", 51), item("a house", 52)), later.items());

        SetRequest own = studio.resolve(hand().items(List.of(new SetItem("a fish", 9L, null, null, Map.of())))
                .build());
        assertEquals(item("a fish", 9), own.items().get(1));
    }

    @Test
    void doesNotDrawPictureZeroTwice() {
        saved(REQUEST);

        assertEquals(
                List.of(item("a house", 5), item("a boat", 6)),
                studio.resolve(hand().prompts("a house", "a boat").build()).items());
    }

    @Test
    void followsTrajectoriesWithoutThePictures() {
        saved(PICTURED);
        artist.inverted = null;

        DrawnSet later = studio.draw(
                hand().prompts("a boat", "a fish").build(),
                new SetOutput(root.resolve("later"), root.resolve("later.style")),
                new SetListener() {});

        assertEquals(
                List.of(item("a boat", 6), item("a fish", 8)), later.request().items());
        assertEquals("a tile", later.pictures().get(0).prompt());
        assertEquals(
                Optional.of(FOLLOWED),
                CardReader.read(root.resolve("later.style")).trajectories());
        assertEquals(later.request(), studio.resolve(new RequestFiles(FakeContexts.KINDS).read(later.record())));
    }

    @Test
    void isNamedInARequestFileFromWhereThatLies() throws IOException {
        saved(REQUEST);
        Path recipe = Files.writeString(
                root.resolve("recipe.json"),
                "{\"items\": [\"a boat\"], \"card\": {\"file\": \"pop.style\"}, \"chunk\": 2}");

        SetRequest read = new RequestFiles(FakeContexts.KINDS).read(recipe);

        assertEquals(
                hand().prompts("a boat")
                        .chunk(2)
                        .card(new StyleCardFile(card().toString(), null))
                        .build(),
                read);
        assertEquals(read(card()).file(), studio.resolve(read).card());
    }

    @Test
    void keepsWhatContextsSaidOfTheFirstSet() {
        Words rain = new Words("rainy weather", "test", null, List.of());
        ContextInput place = ContextInput.of("place", "Bergen").saying(rain);
        saved(REQUEST.but().contexts(place).build());

        SetRequest later = studio.resolve(hand().prompts("a boat").build());

        assertEquals(List.of(place), later.contexts());
        assertEquals("a boat, pop art, rainy weather", later.styledPrompt(1));
        assertEquals("a house, pop art, rainy weather", later.styledPrompt(0));
        assertRefused("The words of contexts are the card's", hand -> hand.contexts());
    }

    @Test
    void fixesWhatTheReferenceWasMadeWith() {
        saved(PICTURED);

        assertRefused("was made with steps 30 and cannot follow another (31)", hand -> hand.steps(31));
        assertRefused("was made with the style 'pop art'", hand -> hand.style("neon sign"));
        assertRefused("was made with no negative prompt", hand -> hand.negativePrompt("fog"));
        assertRefused("was made with the sampler 'ddim'", hand -> hand.sampler("euler"));
        assertRefused("was made with cfg-scale 10.0", hand -> hand.cfgScale(4));
        assertRefused("was made with width 128", hand -> hand.width(256));
        assertRefused("was made with inversion-offset 1", hand -> hand.inversionOffset(0));
        assertRefused("was made with inversion-cfg 2.0", hand -> hand.inversionCfg(3));
        assertRefused(
                "A set follows either the card pop.style or references of its own",
                hand -> hand.references(new ReferenceFile(TILE.toString(), "another", 1, null)));
        assertRefused(
                "draws every picture alone", hand -> hand.attention("none").attentionOptions(Map.of()));
        studio.resolve(hand().prompts("a boat")
                .attentionOption("score-scale", 2.0)
                .styleTo(0.5)
                .build());
    }

    private void assertRefused(String expected, Consumer<SetRequestBuilder> change) {
        SetRequestBuilder asked = hand().prompts("a boat");
        change.accept(asked);
        AtelierException fault = assertThrows(AtelierException.class, () -> studio.resolve(asked.build()));
        assertEquals(Code.INVALID_REQUEST, fault.code());
        assertTrue(fault.getMessage().contains(expected), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
    }

    @Test
    void refusesAnotherModelOfTheSameShapes() throws IOException {
        saved(REQUEST);
        Path tuned = root.resolve("tuned");
        copy(FakeLibrary.SKETCHBOOK, tuned);
        studio.resolve(hand().prompts("a boat").model(tuned.toString()).build());

        Path weights = tuned.resolve("unet/diffusion_pytorch_model.safetensors");
        byte[] content = Files.readAllBytes(weights);
        for (int i = content.length / 2; i < content.length; i += 2) {
            content[i] ^= 1;
        }
        Files.write(weights, content);

        assertRefused("is of the model 'sketchbook' as it was then", hand -> hand.model(tuned.toString()));
    }

    @Test
    void refusesACardThatHasChangedSince() {
        saved(REQUEST);
        SetRequest settled = studio.resolve(hand().prompts("a boat").build());
        SetRequest changed = settled.but()
                .card(new StyleCardFile(card().toString(), "0".repeat(64)))
                .build();

        AtelierException fault = assertThrows(AtelierException.class, () -> studio.resolve(changed));
        assertTrue(fault.getMessage().contains("has changed since the request was settled"), fault.getMessage());
    }

    @Test
    void isNotWrittenOverAnythingNorForASetWithoutAHand() throws IOException {
        Files.writeString(card(), "mine");
        assertEquals(Code.OUTPUT_UNWRITABLE, fault(() -> saved(REQUEST)).code());
        assertEquals("mine", Files.readString(card()));
        Files.delete(card());

        AtelierException alone = fault(() ->
                saved(REQUEST.but().attention("none").attentionOptions(Map.of()).build()));
        assertTrue(alone.getMessage().contains("has no reference that a later set could follow"));
        AtelierException nowhere = fault(() -> studio.draw(
                REQUEST, new SetOutput(root.resolve("first"), root.resolve("none/pop.style")), new SetListener() {}));
        assertEquals(Code.OUTPUT_UNWRITABLE, nowhere.code());
        assertEquals(List.of(), names(root), "nothing is left behind");
    }

    @Test
    void isWrittenOnlyWithAWholeSet() {
        artist.failsBefore = 1;
        assertThrows(AtelierException.class, () -> saved(REQUEST));

        assertFalse(Files.exists(card()));
    }

    @Test
    void refusesWhatIsNoCard() throws IOException {
        assertUnreadable("no such file", root.resolve("none.style"));
        assertUnreadable("no style card", Files.writeString(root.resolve("text.style"), "Hello"));
        assertUnreadable("no style card: a zip without card.json", zip(Map.of("a.txt", new byte[1])));
        assertUnreadable("no style card", zip(Map.of("card.json", json("{\"schemaVersion\": 1}"))));
        assertUnreadable("is not valid JSON", zip(Map.of("card.json", json("{"))));
        assertUnreadable("is not UTF-8", zip(Map.of("card.json", new byte[] {(byte) 0xff})));
        assertUnreadable("no such file", root.resolve("none/none.style"));
    }

    @Test
    void refusesACardThatWasCutOff() throws IOException {
        saved(PICTURED);
        byte[] whole = Files.readAllBytes(card());
        for (int length : new int[] {10, whole.length / 2, whole.length - 1}) {
            assertUnreadable(
                    "damaged or was cut off", Files.write(root.resolve("cut.style"), Arrays.copyOf(whole, length)));
        }
    }

    @Test
    void refusesEveryChange() throws IOException {
        saved(PICTURED);

        assertUnreadable(
                "written by a later Atelier (0.1.0); this one reads version 1",
                changed(text ->
                        text.replace("\"schemaVersion\": 1,\n  \"version\"", "\"schemaVersion\": 2,\n  \"version\"")));
        assertUnreadable("whose request is not settled", changed(text -> text.replace("    \"seed\": 5,\n", "")));
        assertUnreadable("whose timesteps are not those", changed(text -> text.replace("661.0,", "")));
        assertUnreadable(
                "weights do not sum to 1",
                changed(text -> text.replace(
                        "\"prompt\": \"a tile\",\n      \"weight\": 1.0\n    }\n  ]",
                        "\"prompt\": \"a tile\",\n      \"weight\": 0.5\n    }\n  ]")));
        assertUnreadable("$.model.identity should be a text", changed(text -> text.replace("\"identity\"", "\"id\"")));
        assertUnreadable("unknown key", changed(text -> text.replace("\"sampler\"", "\"brush\"")));
        assertUnreadable("whose preview.png was changed", with("preview.png", new byte[3]));
        assertUnreadable(
                "whose reference-a.safetensors was changed",
                with("reference-a.safetensors", latents(2).toSafetensors("latents")));
        assertUnreadable("lacks its preview.png", with("preview.png", null));
        assertUnreadable("entries that its card.json does not name", with("reference-b.safetensors", new byte[3]));
        assertUnreadable("a style card has no entry '../../evil'", with("../../evil", new byte[3]));
        assertUnreadable("a style card has no entry 'more.json'", with("more.json", new byte[3]));
    }

    @Test
    void refusesTrajectoriesThatAreNone() throws IOException {
        saved(PICTURED);

        float[] values = new float[3 * 4 * 2 * 2];
        values[7] = Float.NaN;
        FloatTensor endless = new FloatTensor(latents(3).shape(), FloatBuffer.wrap(values));
        assertUnreadable("holds what is no number", withTrajectory(endless.toSafetensors("latents")));
        assertUnreadable(
                "not one for each of 3 steps", withTrajectory(latents(2).toSafetensors("latents")));
        assertUnreadable("should hold latents in F32", withTrajectory(latents(3).toSafetensors("noise")));
        assertUnreadable("truncated", withTrajectory(Arrays.copyOf(latents(3).toSafetensors("latents"), 100)));
    }

    @Test
    void refusesABomb() throws IOException {
        Path bomb = root.resolve("bomb.style");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
            zip.putNextEntry(new ZipEntry("card.json"));
            byte[] nothing = new byte[1 << 20];
            for (int i = 0; i < 17; i++) {
                zip.write(nothing);
            }
            zip.closeEntry();
        }
        assertTrue(Files.size(bomb) < 1 << 20);
        assertUnreadable("card.json is larger than any style card's", bomb);
    }

    @Test
    void isReadOrRefusedHoweverItIsSpoilt() throws IOException {
        saved(PICTURED);
        byte[] whole = Files.readAllBytes(card());
        Random random = new Random(11);
        Path spoilt = root.resolve("spoilt.style");
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] content = whole.clone();
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                content[random.nextInt(content.length)] = (byte) random.nextInt(256);
            }
            Files.write(spoilt, content);
            try {
                read(spoilt);
            } catch (AtelierException e) {
                assertEquals(Code.INPUT_UNREADABLE, e.code());
                refused++;
            }
        }
        assertTrue(refused > 200, refused + " were refused");
    }

    @Test
    void showsASmallPictureOfItsHand() throws IOException {
        saved(REQUEST);

        byte[] preview = CardArchive.read(card()).entries().get("preview.png");

        Path file = Files.write(root.resolve("preview.png"), preview);
        assertEquals(128, ImageIO.read(file.toFile()).getWidth());
        assertEquals(Map.of(), PngFile.read(file).texts());
    }

    /** The card with another text. */
    private Path changed(UnaryOperator<String> change) throws IOException {
        String text = new String(CardArchive.read(card()).entries().get("card.json"), StandardCharsets.UTF_8);
        String other = change.apply(text);
        assertFalse(other.equals(text), "the test must change something: " + text);
        return with("card.json", json(other));
    }

    /** The card with another trajectory that its text knows. */
    private Path withTrajectory(byte[] content) throws IOException {
        Map<String, byte[]> entries =
                new LinkedHashMap<>(CardArchive.read(card()).entries());
        String name = "reference-a.safetensors";
        String text = new String(entries.get("card.json"), StandardCharsets.UTF_8)
                .replace(Sha256.of(entries.get(name)), Sha256.of(content));
        entries.put("card.json", json(text));
        entries.put(name, content);
        return zip(entries);
    }

    /** The card with one entry otherwise, or without it. */
    private Path with(String name, byte[] content) throws IOException {
        Map<String, byte[]> entries =
                new LinkedHashMap<>(CardArchive.read(card()).entries());
        entries.remove(name);
        if (content != null) {
            entries.put(name, content);
        }
        return zip(entries);
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        new CardArchive(entries).writeTo(zip);
        return Files.write(root.resolve("other.style"), zip.toByteArray());
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertUnreadable(String expected, Path file) {
        AtelierException fault = fault(() -> read(file));
        assertEquals(Code.INPUT_UNREADABLE, fault.code(), fault.getMessage());
        assertTrue(fault.getMessage().startsWith(file + ""), fault.getMessage());
        assertTrue(fault.getMessage().contains(expected), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
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
