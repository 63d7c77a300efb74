package org.atelier.onnx;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.models.json.Settings;

/** The vocabulary of a BERT, one token per line, and its tokenizer pipeline as in transformers' BertTokenizer. */
final class BertVocabulary {

    private static final String UNKNOWN = "[UNK]";
    private static final String BEGIN = "[CLS]";
    private static final String END = "[SEP]";

    private final List<String> words;
    private final boolean lowerCase;

    private BertVocabulary(List<String> words, boolean lowerCase) {
        this.words = words;
        this.lowerCase = lowerCase;
    }

    /** @param file {@code vocab.txt}; {@code tokenizer_config.json} beside it defines whether text is lower-cased */
    static BertVocabulary read(Path file) {
        Path settings = file.resolveSibling("tokenizer_config.json");
        boolean lowerCase = !Files.exists(settings) || Settings.read(settings).flag("do_lower_case", true);
        try {
            BertVocabulary vocabulary = new BertVocabulary(Files.readAllLines(file), lowerCase);
            for (String needed : List.of(UNKNOWN, BEGIN, END)) {
                vocabulary.require(file, needed);
            }
            return vocabulary;
        } catch (CharacterCodingException e) {
            throw Fault.in(file, "is not UTF-8.", e);
        } catch (IOException e) {
            throw Fault.in(file, "cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private void require(Path file, String word) {
        if (!words.contains(word)) {
            throw Fault.in(file, "has no " + word + ", as the words of a BERT do.");
        }
    }

    int size() {
        return words.size();
    }

    /** The equivalent {@code tokenizer.json}. */
    JsonObject pipeline() {
        JsonObject normalizer = typed("BertNormalizer");
        normalizer.addProperty("clean_text", true);
        normalizer.addProperty("handle_chinese_chars", true);
        normalizer.add("strip_accents", null);
        normalizer.addProperty("lowercase", lowerCase);
        JsonObject decoder = typed("WordPiece");
        decoder.addProperty("prefix", "##");
        decoder.addProperty("cleanup", true);
        JsonObject pipeline = new JsonObject();
        pipeline.addProperty("version", "1.0");
        pipeline.add("added_tokens", added());
        pipeline.add("normalizer", normalizer);
        pipeline.add("pre_tokenizer", typed("BertPreTokenizer"));
        pipeline.add("post_processor", around());
        pipeline.add("decoder", decoder);
        pipeline.add("model", model());
        return pipeline;
    }

    private JsonObject model() {
        JsonObject ids = new JsonObject();
        for (int id = 0; id < words.size(); id++) {
            ids.addProperty(words.get(id), id);
        }
        JsonObject model = typed("WordPiece");
        model.addProperty("unk_token", UNKNOWN);
        model.addProperty("continuing_subword_prefix", "##");
        model.addProperty("max_input_chars_per_word", 100);
        model.add("vocab", ids);
        return model;
    }

    /** Every token in brackets is a special token: {@code [CLS]}, {@code [DEC]}. */
    private JsonArray added() {
        JsonArray added = new JsonArray();
        for (int id = 0; id < words.size(); id++) {
            if (words.get(id).matches("\\[[A-Z]+]")) {
                JsonObject token = new JsonObject();
                token.addProperty("id", id);
                token.addProperty("content", words.get(id));
                token.addProperty("single_word", false);
                token.addProperty("lstrip", false);
                token.addProperty("rstrip", false);
                token.addProperty("normalized", false);
                token.addProperty("special", true);
                added.add(token);
            }
        }
        return added;
    }

    /** BERT begins a text with {@code [CLS]} and ends it with {@code [SEP]}. */
    private JsonObject around() {
        JsonObject around = typed("BertProcessing");
        around.add("sep", numbered(END));
        around.add("cls", numbered(BEGIN));
        return around;
    }

    private JsonArray numbered(String word) {
        JsonArray pair = new JsonArray();
        pair.add(word);
        pair.add(words.indexOf(word));
        return pair;
    }

    private static JsonObject typed(String type) {
        JsonObject object = new JsonObject();
        object.addProperty("type", type);
        return object;
    }
}
