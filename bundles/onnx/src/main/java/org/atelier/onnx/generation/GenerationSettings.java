package org.atelier.onnx.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.models.json.Settings;

/**
 * The settings of {@code generation_config.json}.
 *
 * @param beams number of beams; 1 for greedy search
 * @param maxLength of the text with its prompt, in tokens; used if {@code maxNewTokens} is 0
 * @param maxNewTokens without the prompt; 0 to use {@code maxLength}
 * @param minLength of the text with its prompt
 * @param lengthPenalty the power of the length by which a beam's score is divided: above 0 favours long texts
 * @param earlyStopping when to stop once there are as many finished texts as beams
 * @param noRepeatNgramSize length of n-grams that must not repeat; 0 for no limit
 * @param repetitionPenalty above 1 makes tokens of the text less likely
 * @param ends the tokens that end a text
 * @param suppressed tokens that are never generated
 * @param suppressedAtBegin tokens that are not generated first
 * @param forcedBegin the token that is generated first; -1 for any
 * @param forcedEnd the tokens allowed at the maximum length; empty for any
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

    /** When beam search stops. */
    public enum EarlyStopping {
        /** As soon as there are as many finished texts as beams. */
        YES,
        /** When the best unfinished text, if it ended here, is no better than the worst finished one. */
        NO,
        /** When no unfinished text can become better than the worst finished one. */
        NEVER
    }

    /** The default of transformers. */
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
     * @param settings {@code generation_config.json}, or the equivalent part of {@code config.json}
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

    /** These settings with another number of beams. */
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

    /** These settings with another maximum of new tokens. */
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

    /** These settings with other end tokens. */
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

    /** The maximum length of a text, including its prompt. */
    int longest(int prompt) {
        return maxNewTokens > 0 ? prompt + maxNewTokens : maxLength;
    }

    /** The processors of these settings in transformers' order, for a prompt of this length. */
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
