package org.atelier.models.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.atelier.models.ModelFaults;
import org.atelier.models.json.JsonFile;
import org.atelier.models.json.Settings;

/**
 * The vocabulary of a byte-pair encoding: token ids and merges.
 *
 * @param ids id by token
 * @param merges in order; each is two tokens in a string separated by a space, or in an array
 * @param added added tokens of the same file; empty if they are in another file
 */
public record Vocabulary(JsonObject ids, JsonArray merges, List<AddedToken> added) {

    private static final String IDS = "vocab.json";
    private static final String MERGES = "merges.txt";
    private static final String TOKENIZER = "tokenizer.json";

    /** The vocabulary file in a tokenizer folder. */
    public static Path fileIn(Path folder) {
        Path ids = folder.resolve(IDS);
        Path tokenizer = folder.resolve(TOKENIZER);
        if (Files.exists(ids) && Files.exists(folder.resolve(MERGES))) {
            return ids;
        }
        if (Files.exists(tokenizer)) {
            return tokenizer;
        }
        throw ModelFaults.in(
                folder, "has no vocabulary: neither " + IDS + " with " + MERGES + " nor " + TOKENIZER + " is there.");
    }

    public static Vocabulary in(Path folder) {
        Path file = fileIn(folder);
        Vocabulary vocabulary = file.endsWith(TOKENIZER)
                ? ofTokenizer(file)
                : new Vocabulary(JsonFile.read(file), merges(folder), List.of());
        Settings ids = new Settings(file, vocabulary.ids());
        for (String token : ids.keys()) {
            if (ids.integer(token) < 0) {
                throw ModelFaults.in(file, "the id of a token is negative.");
            }
        }
        return vocabulary;
    }

    /**
     * The first merge that is not two tokens whose concatenation is a token.
     *
     * @return empty if there is none
     */
    Optional<JsonElement> unknownMerge() {
        return merges.asList().stream().filter(merge -> !isKnown(merge)).findFirst();
    }

    private boolean isKnown(JsonElement merge) {
        List<String> parts = merge instanceof JsonArray pair
                ? pair.asList().stream().map(Vocabulary::text).toList()
                : List.of(text(merge).split(" ", -1));
        return parts.size() == 2 && ids.has(String.join("", parts));
    }

    private static String text(JsonElement part) {
        return part instanceof JsonPrimitive text && text.isString() ? text.getAsString() : "";
    }

    /** Reads only the vocabulary of the file; the pre-tokenization of CLIP is fixed. */
    private static Vocabulary ofTokenizer(Path file) {
        JsonObject tokenizer = JsonFile.read(file);
        if (tokenizer.get("model") instanceof JsonObject model
                && model.get("vocab") instanceof JsonObject ids
                && model.get("merges") instanceof JsonArray merges) {
            JsonElement added = tokenizer.get("added_tokens");
            List<AddedToken> tokens = added instanceof JsonArray list
                    ? list.asList().stream()
                            .map(token -> AddedToken.read(file, token))
                            .flatMap(Optional::stream)
                            .toList()
                    : List.of();
            return new Vocabulary(ids, merges, tokens);
        }
        throw ModelFaults.in(file, "is not a byte-pair encoding: model.vocab or model.merges is missing.");
    }

    private static JsonArray merges(Path folder) {
        Path file = folder.resolve(MERGES);
        if (!Files.isRegularFile(file)) {
            throw ModelFaults.in(file, "the file is missing.");
        }
        try {
            JsonArray merges = new JsonArray();
            Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#version"))
                    .forEach(merges::add);
            return merges;
        } catch (CharacterCodingException e) {
            throw ModelFaults.in(file, "is not UTF-8.", e);
        } catch (IOException e) {
            throw ModelFaults.in(file, "cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
