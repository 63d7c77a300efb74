package org.atelier.context.speech;

import java.util.Arrays;
import java.util.Locale;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;

/** Rejects options that a model or the other options leave without effect. */
final class SpeechOptionCheck {

    private static final String ENGLISH = "(en|english|<\\|en\\|>)?";

    private SpeechOptionCheck() {}

    /**
     * Checks the options.
     *
     * @param model the name of the model
     * @throws AtelierException that lists every fault, one per line
     */
    static void check(Options options, WhisperTokens tokens, String model) {
        Faults faults = new Faults();
        String language = options.language().strip().toLowerCase(Locale.ROOT);
        if (!tokens.isMultilingual()) {
            faults.require(
                    language.matches(ENGLISH),
                    "The speech model %s is English-only, so the language '%s' has no effect; omit it, or choose a multilingual model."
                            .formatted(model, options.language()));
            faults.require(
                    options.task().equals("transcribe"),
                    "The speech model %s is English-only, so the task '%s' has no effect; omit it, or choose a multilingual model."
                            .formatted(model, options.task()));
        } else if (!language.isEmpty()) {
            try {
                tokens.language(options.language());
            } catch (AtelierException e) {
                faults.add(e);
            }
        }
        faults.require(
                options.numBeams() == 1 || Arrays.stream(options.temperatures()).anyMatch(each -> each == 0),
                "The speech option num-beams has no effect without the temperature 0; add it to temperatures, or omit num-beams.");
        faults.require(
                options.seed() == 0 || Arrays.stream(options.temperatures()).anyMatch(each -> each > 0),
                "The speech option seed has no effect without a temperature above 0; add one to temperatures, or omit seed.");
        faults.require(
                !options.conditionOnPrevTokens() || tokens.previous() >= 0,
                "The speech model %s does not support previous text, so condition-on-prev-tokens has no effect; omit it."
                        .formatted(model));
        faults.throwIfAny();
    }
}
