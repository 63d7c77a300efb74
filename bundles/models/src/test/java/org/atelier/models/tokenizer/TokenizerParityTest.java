package org.atelier.models.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.atelier.models.Samples;
import org.atelier.models.json.JsonFile;
import org.atelier.models.json.Settings;
import org.atelier.models.source.ModelFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Identical ids to CLIPTokenizer of transformers, for the files of several writers. */
class TokenizerParityTest {

    private static final Path FIXTURE = Path.of(System.getProperty("atelier.fixtures"), "tokenizer.json");

    @TempDir
    private Path folder;

    private static Stream<String> cases() {
        return JsonFile.read(FIXTURE).getAsJsonObject("cases").keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void encodesEveryTextAsTransformersDoes(String name) throws IOException {
        JsonObject fixture = JsonFile.read(FIXTURE);
        JsonObject expected = fixture.getAsJsonObject("cases").getAsJsonObject(name);
        JsonArray texts = fixture.getAsJsonArray("texts");
        layOut(expected);

        try (PromptTokenizer tokenizer =
                ClipTokenizer.in(folder, Settings.read(folder.resolve("tokenizer_config.json")), 770)) {
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i).getAsString();
                assertArrayEquals(
                        ids(expected.getAsJsonArray("ids").get(i)),
                        tokenizer.encode(text).ids(),
                        "\"" + text + "\"");
            }
        }
    }

    private void layOut(JsonObject expected) throws IOException {
        Path base = Samples.SKETCHBOOK.resolve(expected.get("base").getAsString());
        Samples.copy(base, folder);
        for (Map.Entry<String, JsonElement> file :
                expected.getAsJsonObject("files").entrySet()) {
            Path target = folder.resolve(file.getKey());
            if (file.getValue().isJsonNull()) {
                Files.delete(target);
            } else {
                Files.writeString(target, file.getValue().toString());
            }
        }
    }

    private static long[] ids(JsonElement list) {
        return list.getAsJsonArray().asList().stream()
                .mapToLong(JsonElement::getAsLong)
                .toArray();
    }

    @Test
    void reportsTruncatedText() {
        try (PromptTokenizer tokenizer = ModelFolder.open(Samples.SKETCHBOOK).tokenizer("tokenizer")) {
            assertEquals("", tokenizer.encode("red ".repeat(30)).cut());
            assertEquals(
                    "a castle!",
                    tokenizer.encode("red ".repeat(30) + "a castle! ").cut());
            assertEquals(
                    "\uD83D\uDE00 a fish",
                    tokenizer
                            .encode("\uD83D\uDE00 " + "red ".repeat(24) + "\uD83D\uDE00 a fish")
                            .cut());
            assertEquals(32, tokenizer.encode("red ".repeat(500)).ids().length);
        }
    }

    @Test
    void findsEveryWholeWord() {
        try (PromptTokenizer tokenizer = ModelFolder.open(Samples.SKETCHBOOK).tokenizer("tokenizer")) {
            assertEquals(List.of(2), tokenizer.positions("a house, stained glass", "house"));
            assertEquals(List.of(2, 6), tokenizer.positions("a House and a red house", " HOUSE "));
            assertEquals(List.of(), tokenizer.positions("a houses and lighthouses", "house"));
            assertEquals(List.of(4, 5), tokenizer.positions("a house, red fish", "red fish"));
            assertEquals(List.of(), tokenizer.positions("a house", "fish"));
            assertEquals(List.of(), tokenizer.positions("a house", ""));
            assertEquals(List.of(), tokenizer.positions("", "house"));
            assertEquals(List.of(30), tokenizer.positions("red ".repeat(29) + "house", "house"));
            assertEquals(List.of(), tokenizer.positions("red ".repeat(30) + "house", "house"), "it is cut");
        }
    }

    @Test
    void findsWordsOfSeveralTokens() {
        try (PromptTokenizer tokenizer = ModelFolder.open(Samples.SKETCHBOOK).tokenizer("tokenizer")) {
            String several = "xylophones";
            int tokens = tokenizer.positions(several, several).size();
            assertTrue(tokens > 1, "the vocabulary has it as one token");
            assertEquals(
                    IntStream.range(3, 3 + tokens).boxed().toList(),
                    tokenizer.positions("a red " + several + ", a fish", several));
            String end = "nes";
            assertEquals(List.of(), tokenizer.positions("a red " + several, end), "the end of a word is no word");
        }
    }

    @Test
    void replacesUnpairedSurrogates() {
        try (PromptTokenizer tokenizer = ModelFolder.open(Samples.SKETCHBOOK).tokenizer("tokenizer")) {
            assertArrayEquals(
                    tokenizer.encode("a \uFFFD cat").ids(),
                    tokenizer.encode("a \uD83D cat").ids());
        }
    }
}
