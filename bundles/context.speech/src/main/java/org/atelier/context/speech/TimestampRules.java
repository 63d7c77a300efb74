package org.atelier.context.speech;

import java.util.Arrays;
import org.atelier.onnx.generation.LogitsProcessor;

/**
 * Timestamps come in pairs, except directly before the end, never decrease, and are forced if their total probability exceeds that of every
 * text token. Radford et al. 2022, section 2.3; transformers' WhisperTimeStampLogitsProcessor.
 */
final class TimestampRules implements LogitsProcessor {

    private static final float BANNED = Float.NEGATIVE_INFINITY;

    private final WhisperTokens tokens;
    private final int prompt;

    /** @param prompt the number of tokens of the prompt */
    TimestampRules(WhisperTokens tokens, int prompt) {
        this.tokens = tokens;
        this.prompt = prompt;
    }

    @Override
    public void process(long[] text, float[] scores) {
        int firstTime = tokens.firstTime();
        scores[tokens.noTimestamps()] = BANNED;
        int generated = text.length - prompt;
        boolean lastIsTime = generated >= 1 && tokens.isTime(text[text.length - 1]);
        boolean lastButOneIsTime = generated < 2 || tokens.isTime(text[text.length - 2]);
        if (lastIsTime && lastButOneIsTime) {
            Arrays.fill(scores, firstTime, scores.length, BANNED);
        } else if (lastIsTime) {
            Arrays.fill(scores, 0, tokens.end(), BANNED);
        }
        Arrays.fill(
                scores, firstTime, Math.min(scores.length, earliest(text, lastIsTime && !lastButOneIsTime)), BANNED);
        if (generated == 0) {
            Arrays.fill(scores, 0, firstTime, BANNED);
            if (tokens.maxInitialTime() >= 0) {
                int after = Math.min(scores.length, firstTime + tokens.maxInitialTime() + 1);
                Arrays.fill(scores, after, scores.length, BANNED);
            }
        }
        if (timesAreLikelier(scores)) {
            Arrays.fill(scores, 0, firstTime, BANNED);
        }
    }

    /** The first allowed timestamp token; one that ends a sentence may start the next. */
    private int earliest(long[] text, boolean mayRepeat) {
        for (int i = text.length - 1; i >= prompt; i--) {
            if (tokens.isTime(text[i])) {
                return Math.toIntExact(text[i]) + (mayRepeat ? 0 : 1);
            }
        }
        return tokens.firstTime();
    }

    /** Compares logits, as the softmax has the same denominator on both sides. */
    private boolean timesAreLikelier(float[] scores) {
        float highestText = BANNED;
        for (int token = 0; token < tokens.firstTime(); token++) {
            highestText = Math.max(highestText, scores[token]);
        }
        float highestTime = BANNED;
        for (int token = tokens.firstTime(); token < scores.length; token++) {
            highestTime = Math.max(highestTime, scores[token]);
        }
        if (highestTime == BANNED) {
            return false;
        }
        double sum = 0;
        for (int token = tokens.firstTime(); token < scores.length; token++) {
            sum += Math.exp(scores[token] - highestTime);
        }
        return highestTime + Math.log(sum) > highestText;
    }
}
