package org.atelier.studio.card;

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
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.files.Sha256;
import org.atelier.models.safetensors.FloatTensor;
import org.atelier.studio.FirstSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invalid and corrupted style cards are refused with a message of one line. */
class InvalidStyleCardTest {

    @TempDir
    private Path root;

    private FirstSet first;

    @BeforeEach
    void generateASet() {
        first = new FirstSet(root);
    }

    @Test
    void refusesFilesThatAreNotStyleCards() throws IOException {
        assertUnreadable("no such file", root.resolve("none.style"));
        assertUnreadable("not a style card", Files.writeString(root.resolve("text.style"), "Hello"));
        assertUnreadable("not a style card: the ZIP archive has no card.json", zip(Map.of("a.txt", new byte[1])));
        assertUnreadable("not a style card", zip(Map.of("card.json", json("{\"schema_version\": 1}"))));
        assertUnreadable("is not valid JSON", zip(Map.of("card.json", json("{"))));
        assertUnreadable("is not UTF-8", zip(Map.of("card.json", new byte[] {(byte) 0xff})));
        assertUnreadable("no such file", root.resolve("none/none.style"));
    }

    @Test
    void refusesATruncatedCard() throws IOException {
        first.saved(FirstSet.IMAGED);
        byte[] whole = Files.readAllBytes(first.card());
        for (int length : new int[] {10, whole.length / 2, whole.length - 1}) {
            assertUnreadable(
                    "damaged or truncated", Files.write(root.resolve("cut.style"), Arrays.copyOf(whole, length)));
        }
    }

    @Test
    void refusesEveryChange() throws IOException {
        first.saved(FirstSet.IMAGED);

        assertUnreadable(
                "written by a later version of Atelier (0.1.0); this one supports version 1",
                changed(text -> text.replace(
                        "\"schema_version\": 1,\n  \"version\"", "\"schema_version\": 2,\n  \"version\"")));
        assertUnreadable("whose request is not resolved", changed(text -> text.replace("    \"seed\": 5,\n", "")));
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
                with("reference-a.safetensors", FirstSet.latents(2).toSafetensors("latents")));
        assertUnreadable("without its entry preview.png", with("preview.png", null));
        assertUnreadable("entries that its card.json does not name", with("reference-b.safetensors", new byte[3]));
        assertUnreadable("unexpected entry '../../evil'", with("../../evil", new byte[3]));
        assertUnreadable("unexpected entry 'more.json'", with("more.json", new byte[3]));
    }

    @Test
    void refusesInvalidTrajectories() throws IOException {
        first.saved(FirstSet.IMAGED);

        float[] values = new float[3 * 4 * 2 * 2];
        values[7] = Float.NaN;
        FloatTensor endless = new FloatTensor(FirstSet.latents(3).shape(), FloatBuffer.wrap(values));
        assertUnreadable("contains NaN or infinite values", withTrajectory(endless.toSafetensors("latents")));
        assertUnreadable(
                "not one for each of 3 steps",
                withTrajectory(FirstSet.latents(2).toSafetensors("latents")));
        assertUnreadable(
                "must contain only the tensor latents in F32",
                withTrajectory(FirstSet.latents(3).toSafetensors("noise")));
        assertUnreadable(
                "truncated", withTrajectory(Arrays.copyOf(FirstSet.latents(3).toSafetensors("latents"), 100)));
    }

    @Test
    void refusesAZipBomb() throws IOException {
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
        assertUnreadable("card.json is larger than a style card allows", bomb);
    }

    @Test
    void readsOrRefusesRandomlyCorruptedCards() throws IOException {
        first.saved(FirstSet.IMAGED);
        byte[] whole = Files.readAllBytes(first.card());
        Random random = new Random(11);
        Path corrupted = root.resolve("spoilt.style");
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] content = whole.clone();
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                content[random.nextInt(content.length)] = (byte) random.nextInt(256);
            }
            Files.write(corrupted, content);
            try {
                FirstSet.read(corrupted);
            } catch (AtelierException e) {
                assertEquals(Code.INPUT_UNREADABLE, e.code());
                refused++;
            }
        }
        assertTrue(refused > 200, refused + " were refused");
    }

    /** The card with another card.json. */
    private Path changed(UnaryOperator<String> change) throws IOException {
        String text = new String(
                CardArchive.read(FirstSet.input(first.card()), "a style card")
                        .entries()
                        .get("card.json"),
                StandardCharsets.UTF_8);
        String other = change.apply(text);
        assertFalse(other.equals(text), "the test must change something: " + text);
        return with("card.json", json(other));
    }

    /** The card with another trajectory and its hash. */
    private Path withTrajectory(byte[] content) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(
                CardArchive.read(FirstSet.input(first.card()), "a style card").entries());
        String name = "reference-a.safetensors";
        String text = new String(entries.get("card.json"), StandardCharsets.UTF_8)
                .replace(Sha256.of(entries.get(name)), Sha256.of(content));
        entries.put("card.json", json(text));
        entries.put(name, content);
        return zip(entries);
    }

    /** The card with one entry replaced or removed. */
    private Path with(String name, byte[] content) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(
                CardArchive.read(FirstSet.input(first.card()), "a style card").entries());
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
        AtelierException fault = assertThrows(AtelierException.class, () -> FirstSet.read(file));
        assertEquals(Code.INPUT_UNREADABLE, fault.code(), fault.getMessage());
        assertTrue(fault.getMessage().startsWith(file + ""), fault.getMessage());
        assertTrue(fault.getMessage().contains(expected), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
    }
}
