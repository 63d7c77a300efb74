package org.atelier.onnx.generation;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The processors that configurations of models name, as transformers has them. */
public final class LogitsProcessors {

    private static final float BANNED = Float.NEGATIVE_INFINITY;

    private LogitsProcessors() {}

    /** Makes every token of the text less likely; above 1 fewer repetitions. Keskar et al. 2019, section 4.1. */
    public static LogitsProcessor repetitionPenalty(double penalty) {
        float factor = (float) penalty;
        return (text, scores) -> Arrays.stream(text)
                .distinct()
                .filter(token -> token < scores.length)
                .forEach(token -> {
                    float score = scores[(int) token];
                    scores[(int) token] = score < 0 ? score * factor : score / factor;
                });
    }

    /** Prevents repeated n-grams of this size. */
    public static LogitsProcessor noRepeated(int size) {
        return (text, scores) -> {
            int last = text.length - (size - 1);
            for (int start = 0; start + size <= text.length; start++) {
                if (Arrays.equals(text, start, start + size - 1, text, last, text.length)) {
                    scores[(int) text[start + size - 1]] = BANNED;
                }
            }
        };
    }

    /** Suppresses {@code ends} until the text, with its prompt, has this many tokens. */
    public static LogitsProcessor atLeast(int length, Collection<Integer> ends) {
        return (text, scores) -> {
            if (text.length < length) {
                ban(scores, ends);
            }
        };
    }

    /** Suppresses these tokens. */
    public static LogitsProcessor suppress(Collection<Integer> tokens) {
        return (text, scores) -> ban(scores, tokens);
    }

    /** Suppresses these tokens at this length of the text. */
    public static LogitsProcessor suppressAt(int length, Collection<Integer> tokens) {
        return (text, scores) -> {
            if (text.length == length) {
                ban(scores, tokens);
            }
        };
    }

    /** Allows only these tokens at this length of the text. */
    public static LogitsProcessor forceAt(int length, Collection<Integer> tokens) {
        List<Integer> forced = List.copyOf(tokens);
        return (text, scores) -> {
            if (text.length == length) {
                Arrays.fill(scores, BANNED);
                forced.forEach(token -> scores[token] = 0);
            }
        };
    }

    private static void ban(float[] scores, Collection<Integer> tokens) {
        // Lists for multilingual vocabularies have ids beyond the end of a smaller one.
        tokens.stream().filter(token -> token >= 0 && token < scores.length).forEach(token -> scores[token] = BANNED);
    }

    /** The logarithm of the softmax of the scores. */
    static float[] logSoftmax(float[] scores) {
        double highest = BANNED;
        for (float score : scores) {
            highest = Math.max(highest, score);
        }
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score - highest);
        }
        double shift = highest + Math.log(sum);
        float[] logarithms = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            logarithms[i] = (float) (scores[i] - shift);
        }
        return logarithms;
    }
}
