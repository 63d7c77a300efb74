package org.atelier.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTokenizerTest {

    private static final String WORDS = """
            {"version": "1.0", "truncation": {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0},
             "padding": null, "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"}, "decoder": null,
             "added_tokens": [{"id": 3, "content": "</s>", "special": true, "single_word": false, "lstrip": false,
                               "rstrip": false, "normalized": false}],
             "post_processor": {"type": "TemplateProcessing", "pair": [],
              "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
              "special_tokens": {"</s>": {"id": "</s>", "ids": [3], "tokens": ["</s>"]}}},
             "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "red": 2, "</s>": 3, "fish": 4}}}
            """;

    @TempDir
    private Path root;

    private Path folder;
    private SharedOnnxModels models;

    @BeforeEach
    void begin() throws IOException {
        folder = Files.createDirectory(root.resolve("model"));
        models = ModelsIn.folder(root);
    }

    @AfterEach
    void stop() {
        models.stop();
    }

    private TextTokenizer tokenizer(int vocabulary) {
        try (OnnxModel model = models.lease("model")) {
            return TextTokenizer.of(model, vocabulary);
        }
    }

    private TextTokenizer tokenizer(int vocabulary, int generated) {
        try (OnnxModel model = models.lease("model")) {
            return TextTokenizer.of(model, vocabulary, generated);
        }
    }

    @Test
    void readsTokenizerJsonAndCutsNothing() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), WORDS);
        try (TextTokenizer tokenizer = tokenizer(5)) {
            assertArrayEquals(new long[] {1, 2, 4, 0, 3}, tokenizer.encode("a Red fish swims", true));
            assertArrayEquals(new long[] {4}, tokenizer.encode("fish", false));
            assertEquals("a red fish", tokenizer.decode(1, 2, 4, 3));
        }
    }

    @Test
    void takesHalfASurrogatePairForNoCharacter() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), WORDS);
        try (TextTokenizer tokenizer = tokenizer(5)) {
            assertArrayEquals(new long[] {1, 0}, tokenizer.encode("a \uD83D", false));
        }
    }

    @Test
    void saysInOneLineThatItDoesNotFitTheNetwork() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), WORDS);
        try (TextTokenizer tokenizer = tokenizer(4)) {
            assertArrayEquals(new long[] {2}, tokenizer.encode("red", false));
            assertFault(
                    "tokenizer.json", "whose vocabulary has only 4 tokens", () -> tokenizer.encode("a red fish", true));
        }
    }

    @Test
    void saysInOneLineThatThereAreTooManyWords() throws IOException {
        Files.writeString(folder.resolve("vocab.txt"), "[UNK]\n[CLS]\n[SEP]\na\nred\n");
        assertFault("vocab.txt", "has 5 words, but the vocabulary of the network has only 4", () -> tokenizer(4));
    }

    @Test
    void saysInOneLineThatThereAreTooFewWords() throws IOException {
        Files.writeString(folder.resolve("vocab.txt"), "[UNK]\n[CLS]\n[SEP]\na\nred\n");
        assertFault(
                "vocab.txt", "has 5 words, but the network generates 6. It is another model's", () -> tokenizer(8, 6));
        tokenizer(8, 5).close();
        Files.writeString(folder.resolve("tokenizer.json"), WORDS);
        assertFault("tokenizer.json", "has fewer tokens than the 13 that", () -> tokenizer(13, 13));
        tokenizer(13, 5).close();
    }

    @Test
    void takesATableThatIsRoundedUpForNoFault() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), WORDS);
        tokenizer(128).close();
        assertFault("tokenizer.json", "has fewer tokens than the 13 that", () -> tokenizer(140));
    }

    @Test
    void saysInOneLineWhatIsNoTokenizer() throws IOException {
        assertFault("model", "neither tokenizer.json nor vocab.txt", () -> tokenizer(5));
        Files.writeString(folder.resolve("vocab.txt"), "a\nred\n");
        assertFault("vocab.txt", "has no [UNK]", () -> tokenizer(5));
        Files.write(folder.resolve("vocab.txt"), new byte[] {'a', (byte) 0xFF});
        assertFault("vocab.txt", "is not UTF-8", () -> tokenizer(5));
        Files.writeString(folder.resolve("tokenizer.json"), WORDS.substring(0, 100));
        assertFault("tokenizer.json", "makes no tokenizer", () -> tokenizer(5));
        Files.writeString(folder.resolve("tokenizer.json"), "");
        assertFault("tokenizer.json", "makes no tokenizer", () -> tokenizer(5));
    }

    private static void assertFault(String file, String what, Runnable work) {
        AtelierException fault = assertThrows(AtelierException.class, work::run);
        assertEquals(Code.MODEL_INVALID, fault.code());
        assertTrue(fault.getMessage().contains(file) && fault.getMessage().contains(what), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
    }
}
