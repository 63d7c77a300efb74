package org.atelier.context.speech;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.json.Settings;

/**
 * The tokens of a Whisper that mean something else than text, as its {@code generation_config.json} has them.
 *
 * @param start begins every text
 * @param end ends every text
 * @param previous begins what was said before; -1 for a model that has none
 * @param noTimestamps asks for text without times; the token before it means silence, those after it are times
 * @param languages by {@code <|en|>}; empty for a model for English alone
 * @param tasks by {@code transcribe} and {@code translate}; empty for a model for English alone
 * @param suppressed never chosen
 * @param suppressedAtBegin never chosen first
 * @param maxInitialTime how many time tokens after the first the first sentence may start; -1 for any
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

    /** Says that nobody speaks. */
    int noSpeech() {
        return noTimestamps - 1;
    }

    /** The time 0; each token after it is a step later. */
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
     * The token of a language.
     *
     * @param name {@code de}, {@code <|de|>} or, as Java calls it in English, {@code german}
     */
    int language(String name) {
        String asked = name.strip().toLowerCase(Locale.ROOT);
        for (Map.Entry<String, Integer> language : languages.entrySet()) {
            String code = code(language.getKey());
            String title = Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH);
            if (asked.equals(code) || asked.equals(language.getKey()) || asked.equalsIgnoreCase(title)) {
                return language.getValue();
            }
        }
        throw new AtelierException(
                Code.INVALID_REQUEST,
                "The speech model knows no language \"" + name + "\", but "
                        + String.join(
                                ", ",
                                languages.keySet().stream()
                                        .map(WhisperTokens::code)
                                        .sorted()
                                        .toList())
                        + ".");
    }

    /** What a language's token is called: {@code de}. */
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
