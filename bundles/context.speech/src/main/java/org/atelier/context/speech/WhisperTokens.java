package org.atelier.context.speech;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.json.Settings;

/**
 * The special tokens of a Whisper model, from its {@code generation_config.json}.
 *
 * @param start starts every text
 * @param end ends every text
 * @param previous starts the previous text; -1 if the model has none
 * @param noTimestamps requests text without timestamps; the token before it means no speech, those after it are timestamps
 * @param languages by {@code <|en|>}; empty for an English-only model
 * @param tasks by {@code transcribe} and {@code translate}; empty for an English-only model
 * @param suppressed never chosen
 * @param suppressedAtBegin never chosen as the first token
 * @param maxInitialTime the maximum timestamp of the start of the first sentence, in timestamp tokens; -1 for any
 */
record WhisperTokens(
        int start,
        int end,
        int previous,
        int noTimestamps,
        Map<String, Integer> languages,
        Map<String, Integer> tasks,
        List<Integer> suppressed,
        List<Integer> suppressedAtBegin,
        int maxInitialTime) {

    static WhisperTokens of(Settings generation) {
        return new WhisperTokens(
                generation.integer("decoder_start_token_id"),
                generation.integers("eos_token_id").get(0),
                generation.integer("prev_sot_token_id", -1),
                generation.integer("no_timestamps_token_id"),
                tokens(generation, "lang_to_id"),
                tokens(generation, "task_to_id"),
                generation.has("suppress_tokens") ? generation.integers("suppress_tokens") : List.of(),
                generation.has("begin_suppress_tokens") ? generation.integers("begin_suppress_tokens") : List.of(),
                generation.integer("max_initial_timestamp_index", -1));
    }

    /** The token for no speech. */
    int noSpeech() {
        return noTimestamps - 1;
    }

    /** The timestamp 0; each token after it is one step later. */
    int firstTime() {
        return noTimestamps + 1;
    }

    boolean isTime(long token) {
        return token >= firstTime();
    }

    boolean isMultilingual() {
        return !languages.isEmpty();
    }

    /**
     * Returns the token of a language.
     *
     * @param name {@code de}, {@code <|de|>} or Java's English name, {@code german}
     */
    int language(String name) {
        String requested = name.strip().toLowerCase(Locale.ROOT);
        for (Map.Entry<String, Integer> language : languages.entrySet()) {
            String code = code(language.getKey());
            String title = Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH);
            if (requested.equals(code) || requested.equals(language.getKey()) || requested.equalsIgnoreCase(title)) {
                return language.getValue();
            }
        }
        throw new AtelierException(
                Code.INVALID_REQUEST,
                "The speech model does not support the language \"" + name + "\"; choose one of "
                        + String.join(
                                ", ",
                                languages.keySet().stream()
                                        .map(WhisperTokens::code)
                                        .sorted()
                                        .toList())
                        + ".");
    }

    /** Returns the code of a language token, such as {@code de}. */
    String languageOf(int token) {
        return languages.entrySet().stream()
                .filter(language -> language.getValue() == token)
                .map(language -> code(language.getKey()))
                .findFirst()
                .orElseThrow();
    }

    private static String code(String word) {
        return word.replaceAll("[<|>]", "");
    }

    private static Map<String, Integer> tokens(Settings generation, String key) {
        Map<String, Integer> tokens = new HashMap<>();
        if (generation.has(key)) {
            Settings named = generation.object(key);
            named.keys().forEach(name -> tokens.put(name, named.integer(name)));
        }
        return Map.copyOf(tokens);
    }
}
