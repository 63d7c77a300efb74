package org.atelier.onnx.generation;

import java.util.Arrays;
import java.util.Set;

/** An unfinished text: its tokens, and the log probabilities of the generated ones. */
final class TokenHistory {

    private final int prompt;
    private long[] tokens;
    private double[] logProbabilities;

    TokenHistory(long[] prompt) {
        this(prompt.length, prompt.clone(), new double[0]);
    }

    private TokenHistory(int prompt, long[] tokens, double[] logProbabilities) {
        this.prompt = prompt;
        this.tokens = tokens;
        this.logProbabilities = logProbabilities;
    }

    /** Must not be modified. */
    long[] tokens() {
        return tokens;
    }

    int length() {
        return tokens.length;
    }

    /** Whether a generated token, no longer the prompt's, is one of these. */
    boolean endsIn(Set<Integer> ends) {
        return tokens.length > prompt && ends.contains((int) tokens[tokens.length - 1]);
    }

    void add(int token, double logProbability) {
        tokens = Arrays.copyOf(tokens, tokens.length + 1);
        tokens[tokens.length - 1] = token;
        logProbabilities = Arrays.copyOf(logProbabilities, logProbabilities.length + 1);
        logProbabilities[logProbabilities.length - 1] = logProbability;
    }

    TokenHistory followedBy(int token, double logProbability) {
        TokenHistory longer = new TokenHistory(prompt, tokens, logProbabilities);
        longer.add(token, logProbability);
        return longer;
    }

    Generated generated() {
        return generated(Arrays.stream(logProbabilities).sum());
    }

    Generated generated(double score) {
        return new Generated(Arrays.copyOfRange(tokens, prompt, tokens.length), logProbabilities.clone(), score);
    }
}
