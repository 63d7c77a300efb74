package org.atelier.models.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the {@code tokenizer.json} of CLIP for the tokenizers library of Hugging Face, as CLIPTokenizer of
 * transformers does.
 */
final class ClipPipeline {

    private static final String WORDS =
            "<\\|startoftext\\|>|<\\|endoftext\\|>" + "|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    private ClipPipeline() {}

    static JsonObject of(Vocabulary vocabulary, SpecialTokens special) {
        JsonObject pipeline = new JsonObject();
        pipeline.addProperty("version", "1.0");
        pipeline.add("added_tokens", added(vocabulary, special.all()));
        pipeline.add("normalizer", normalizer());
        pipeline.add("pre_tokenizer", preTokenizer());
        pipeline.add("model", model(vocabulary, special.unknown()));
        return pipeline;
    }

    /** The largest token id. */
    static int largestId(JsonObject pipeline) {
        JsonObject model = pipeline.getAsJsonObject("model");
        return Stream.concat(
                        model.getAsJsonObject("vocab").asMap().values().stream(),
                        pipeline.getAsJsonArray("added_tokens").asList().stream()
                                .map(token -> token.getAsJsonObject().get("id")))
                .mapToInt(JsonElement::getAsInt)
                .max()
                .orElse(0);
    }

    /** Numbers tokens outside the vocabulary from its end, as the library does. */
    private static JsonArray added(Vocabulary vocabulary, List<AddedToken> tokens) {
        JsonArray added = new JsonArray();
        int next = vocabulary.ids().size();
        for (AddedToken token : tokens) {
            JsonElement id = vocabulary.ids().get(token.content());
            added.add(token.toJson(id == null ? next++ : id.getAsInt()));
        }
        return added;
    }

    private static JsonObject normalizer() {
        JsonObject spaces = typed("Replace");
        spaces.add("pattern", pattern("\\s+"));
        spaces.addProperty("content", " ");
        return sequence("normalizers", typed("NFC"), spaces, typed("Lowercase"));
    }

    private static JsonObject preTokenizer() {
        JsonObject split = typed("Split");
        split.add("pattern", pattern(WORDS));
        split.addProperty("behavior", "Removed");
        split.addProperty("invert", true);
        JsonObject bytes = typed("ByteLevel");
        bytes.addProperty("add_prefix_space", false);
        bytes.addProperty("trim_offsets", true);
        bytes.addProperty("use_regex", true);
        return sequence("pretokenizers", split, bytes);
    }

    private static JsonObject model(Vocabulary vocabulary, String unknown) {
        JsonObject model = typed("BPE");
        model.addProperty("unk_token", unknown);
        model.addProperty("continuing_subword_prefix", "");
        model.addProperty("end_of_word_suffix", "</w>");
        model.addProperty("fuse_unk", false);
        model.add("vocab", vocabulary.ids());
        model.add("merges", vocabulary.merges());
        return model;
    }

    private static JsonObject sequence(String steps, JsonObject... each) {
        JsonArray list = new JsonArray();
        List.of(each).forEach(list::add);
        JsonObject sequence = typed("Sequence");
        sequence.add(steps, list);
        return sequence;
    }

    private static JsonObject pattern(String regex) {
        JsonObject pattern = new JsonObject();
        pattern.add("Regex", new JsonPrimitive(regex));
        return pattern;
    }

    private static JsonObject typed(String type) {
        JsonObject object = new JsonObject();
        object.addProperty("type", type);
        return object;
    }
}
