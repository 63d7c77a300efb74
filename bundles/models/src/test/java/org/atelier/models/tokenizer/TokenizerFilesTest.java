package org.atelier.models.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.Samples;
import org.atelier.models.json.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Valid and invalid tokenizer files. */
class TokenizerFilesTest {

    private static final int CASES = 400;
    private static final int EMBEDDINGS = 770;

    @TempDir
    private Path folder;

    @BeforeEach
    void copyTokenizer() {
        Samples.copy(Samples.SKETCHBOOK.resolve("tokenizer_2"), folder);
    }

    private PromptTokenizer open() {
        return ClipTokenizer.in(folder, Settings.read(folder.resolve("tokenizer_config.json")), EMBEDDINGS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vocab.json | {} | are not a valid tokenizer",
                "vocab.json | {\"a\": 770} | ids up to 770, but the vocabulary size of its text encoder is 770",
                "special_tokens_map.json | {\"eos_token\": \"<end>\"} | ids up to 770, but",
                "vocab.json | {\"a\": 1.5} | must be a whole number",
                "vocab.json | {\"a\": \"1\"} | must be a whole number",
                "vocab.json | {\"a\": -1} | negative",
                "vocab.json | [] | is not one JSON object",
                "merges.txt | nowhere known | are not a valid tokenizer",
                "merges.txt | alone | are not a valid tokenizer",
                "merges.txt | #version: 0.2 | are not a valid tokenizer: it has no merges",
                "tokenizer_config.json | {\"model_max_length\": 2} | must be at least 3",
                "special_tokens_map.json | {\"bos_token\": 3} | 3 is not a token",
                "special_tokens_map.json | {\"bos_token\": {}} | content is missing",
            })
    void rejectsInvalidTokenizerFiles(String file, String content, String expected) throws IOException {
        Files.writeString(folder.resolve(file), content);
        String fault = Samples.fault(() -> open().close());
        assertTrue(fault.contains(expected) && fault.startsWith(folder.toString()), fault);
        Settings configuration = Settings.read(folder.resolve("tokenizer_config.json"));
        assertEquals(fault, Samples.fault(() -> ClipTokenizer.check(folder, configuration, EMBEDDINGS)));
    }

    @Test
    void rejectsASpecialTokenOutsideTheVocabulary() throws IOException {
        Path vocabulary = folder.resolve("vocab.json");
        Files.writeString(
                vocabulary, Files.readString(vocabulary).replace("{\"!\": 0, \"\\\"\": 1", "{\"!\": 0, \"\": 1"));
        Files.writeString(folder.resolve("special_tokens_map.json"), "{\"bos_token\": \"\"}");
        assertTrue(Samples.fault(() -> open().close()).contains("the vocabulary has no token"));
    }

    @Test
    void anUnlimitedLengthIsThatOfClip() throws IOException {
        for (String length : List.of("1000000000000000019884624838656", "null")) {
            Files.writeString(folder.resolve("tokenizer_config.json"), "{\"model_max_length\": " + length + "}");
            try (PromptTokenizer tokenizer = open()) {
                assertEquals(77, tokenizer.encode("a cat").ids().length);
            }
        }
    }

    /** The library is native code: a malicious file must be rejected before it, or cause an exception. */
    @ParameterizedTest
    @CsvSource({"vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json"})
    void encodesWithOrRejectsACorruptedFile(String name) throws IOException {
        Random random = new Random(7);
        byte[] good = Files.readAllBytes(folder.resolve(name));
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            Samples.overwrite(folder.resolve(name), Samples.spoiledText(good, random));
            try (PromptTokenizer tokenizer = open()) {
                assertTrue(tokenizer.encode("a red fish, stained glass! 1").ids().length >= 3);
            } catch (AtelierException e) {
                refused++;
                assertEquals(Code.MODEL_INVALID, e.code(), e.getMessage());
            }
        }
        assertTrue(refused > 0, "something must have been spoiled");
    }
}
