package org.atelier.onnx.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.models.json.Settings;

/**
 * How a text is continued, as {@code generation_config.json} says it.
 *
 * @param beams how many texts are followed side by side; 1 for the likeliest token at each step
 * @param maxLength of the text with its prompt, in tokens; where {@code maxNewTokens} is 0
 * @param maxNewTokens without the prompt; 0 where {@code maxLength} counts
 * @param minLength of the text with its prompt
 * @param lengthPenalty the power of the length by which a beam's score is divided: above 0 favours long texts
 * @param earlyStopping when to stop as soon as there are as many ended texts as beams
 * @param noRepeatNgramSize no so many tokens twice in the same order; 0 for no bound
 * @param repetitionPenalty above 1 makes what was said less likely
 * @param ends the tokens that end a text
 * @param suppressed tokens that never come
 * @param suppressedAtBegin tokens that do not come first
 * @param forcedBegin the token that comes first; -1 for any
 * @param forcedEnd the tokens that come last where the length runs out; empty for any
 */
public record GenerationSettings(
        int beams,
        int maxLength,
        int maxNewTokens,
        int minLength,
        double lengthPenalty,
        EarlyStopping earlyStopping,
        int noRepeatNgramSize,
        double repetitionPenalty,
        Set<Integer> ends,
        List<Integer> suppressed,
        List<Integer> suppressedAtBegin,
        int forcedBegin,
        List<Integer> forcedEnd) {

    /** When beams stop. */
    public enum EarlyStopping {
        /** As soon as there are as many ended texts as beams. */
        YES,
        /** When the likeliest open text, were it to end here, is no better than the worst ended one. */
        NO,
        /** When no open text can become better than the worst ended one. */
        NEVER
    }

    /** What transformers generates where nothing is said: twenty tokens. */
    public static final int USUAL_NEW_TOKENS = 20;

    /** Makes defensive copies. */
    public GenerationSettings {
        ends = Set.copyOf(ends);
        suppressed = List.copyOf(suppressed);
        suppressedAtBegin = List.copyOf(suppressedAtBegin);
        forcedEnd = List.copyOf(forcedEnd);
    }

    /**
     * Reads a model's settings, over transformers' own defaults.
     *
     * @param settings {@code generation_config.json}, or the part of {@code config.json} that says the same
     * @throws AtelierException MODEL_INVALID naming file and key
     */
    public static GenerationSettings of(Settings settings) {
        boolean bounded = settings.has("max_length") && !settings.has("max_new_tokens");
        return new GenerationSettings(
                settings.integer("num_beams", 1),
                settings.integer("max_length", 0),
                bounded ? 0 : settings.integer("max_new_tokens", USUAL_NEW_TOKENS),
                settings.integer("min_length", 0),
                settings.number("length_penalty", 1),
                earlyStopping(settings),
                settings.integer("no_repeat_ngram_size", 0),
                settings.number("repetition_penalty", 1),
                Set.copyOf(list(settings, "eos_token_id")),
                list(settings, "suppress_tokens"),
                list(settings, "begin_suppress_tokens"),
                settings.integer("forced_bos_token_id", -1),
                list(settings, "forced_eos_token_id"));
    }

    private static EarlyStopping earlyStopping(Settings settings) {
        if (settings.isText("early_stopping")) {
            return EarlyStopping.NEVER;
        }
        return settings.flag("early_stopping", false) ? EarlyStopping.YES : EarlyStopping.NO;
    }

    private static List<Integer> list(Settings settings, String key) {
        return settings.has(key) ? settings.integers(key).stream().distinct().toList() : List.of();
    }

    /** As these, with so many beams. */
    public GenerationSettings withBeams(int number) {
        return new GenerationSettings(
                number,
                maxLength,
                maxNewTokens,
                minLength,
                lengthPenalty,
                earlyStopping,
                noRepeatNgramSize,
                repetitionPenalty,
                ends,
                suppressed,
                suppressedAtBegin,
                forcedBegin,
                forcedEnd);
    }

    /** As these, with at most so many tokens beside the prompt's. */
    public GenerationSettings withMaxNewTokens(int number) {
        return new GenerationSettings(
                beams,
                maxLength,
                number,
                minLength,
                lengthPenalty,
                earlyStopping,
                noRepeatNgramSize,
                repetitionPenalty,
                ends,
                suppressed,
                suppressedAtBegin,
                forcedBegin,
                forcedEnd);
    }

    /** As these, ended by these tokens alone. */
    public GenerationSettings withEnds(Set<Integer> tokens) {
        return new GenerationSettings(
                beams,
                maxLength,
                maxNewTokens,
                minLength,
                lengthPenalty,
                earlyStopping,
                noRepeatNgramSize,
                repetitionPenalty,
                tokens,
                suppressed,
                suppressedAtBegin,
                forcedBegin,
                forcedEnd);
    }

    /** How long a text with such a prompt may become, prompt and all. */
    int longest(int prompt) {
        return maxNewTokens > 0 ? prompt + maxNewTokens : maxLength;
    }

    /** The processors of these settings in transformers' order, for a prompt of so many tokens. */
    public List<LogitsProcessor> processors(int prompt) {
        List<LogitsProcessor> processors = new ArrayList<>();
        if (repetitionPenalty != 1) {
            processors.add(LogitsProcessors.repetitionPenalty(repetitionPenalty));
        }
        if (noRepeatNgramSize > 0) {
            processors.add(LogitsProcessors.noRepeated(noRepeatNgramSize));
        }
        if (minLength > 0) {
            processors.add(LogitsProcessors.atLeast(minLength, ends));
        }
        if (forcedBegin >= 0) {
            processors.add(LogitsProcessors.forceAt(1, List.of(forcedBegin)));
        }
        if (!forcedEnd.isEmpty()) {
            processors.add(LogitsProcessors.forceAt(longest(prompt) - 1, forcedEnd));
        }
        if (!suppressed.isEmpty()) {
            processors.add(LogitsProcessors.suppress(suppressed));
        }
        if (!suppressedAtBegin.isEmpty()) {
            int begin = prompt > 1 || forcedBegin < 0 ? prompt : prompt + 1;
            processors.add(LogitsProcessors.suppressAt(begin, suppressedAtBegin));
        }
        return processors;
    }
}
