package org.atelier.models.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.models.json.Settings;

/**
 * The special tokens of a tokenizer configuration.
 *
 * @param begin begin token
 * @param end end token
 * @param unknown token for text outside the vocabulary
 * @param pad padding token
 * @param all these and all other added tokens, each once
 */
record SpecialTokens(String begin, String end, String unknown, String pad, List<AddedToken> all) {

    private static final AddedToken CLIP_BEGIN = AddedToken.special("<|startoftext|>");
    private static final AddedToken CLIP_END = AddedToken.special("<|endoftext|>");

    /**
     * Reads {@code tokenizer_config.json} and, for files of older writers, {@code special_tokens_map.json}, which then
     * has precedence, as in transformers.
     */
    static SpecialTokens in(Path folder, Settings configuration, List<AddedToken> ofVocabulary) {
        List<AddedToken> added = new ArrayList<>();
        List<Settings> sources = new ArrayList<>(List.of(configuration));
        if (configuration.has("added_tokens_decoder")) {
            Settings byId = configuration.object("added_tokens_decoder");
            byId.keys().stream()
                    .flatMap(id -> AddedToken.read(byId.file(), byId.json(id)).stream())
                    .forEach(added::add);
        } else {
            added.addAll(ofVocabulary);
            Path map = folder.resolve("special_tokens_map.json");
            if (Files.exists(map)) {
                sources.add(0, Settings.read(map));
            }
        }
        AddedToken begin = named(sources, "bos_token").orElse(CLIP_BEGIN);
        AddedToken end = named(sources, "eos_token").orElse(CLIP_END);
        AddedToken unknown = named(sources, "unk_token").orElse(CLIP_END);
        AddedToken pad = named(sources, "pad_token").orElse(CLIP_END);
        added.addAll(List.of(begin, end, unknown, pad));
        Map<String, AddedToken> once = new LinkedHashMap<>();
        added.forEach(token -> once.putIfAbsent(token.content(), token));
        return new SpecialTokens(
                begin.content(), end.content(), unknown.content(), pad.content(), List.copyOf(once.values()));
    }

    private static Optional<AddedToken> named(List<Settings> sources, String key) {
        return sources.stream()
                .filter(source -> source.has(key))
                .findFirst()
                .flatMap(source -> AddedToken.read(source.file(), source.json(key)));
    }
}
