package org.atelier.onnx.generation;

import java.util.Arrays;
import java.util.Set;

/**
 * The result of a generation.
 *
 * @param tokens after the prompt; ends with an end token, unless the maximum length was reached
 * @param logProbabilities the natural logarithm of each token's probability after the processors, as many as {@code tokens}
 * @param score the sum of these; of beams, divided by the length to the power of the length penalty
 */
@SuppressWarnings("ArrayRecordComponent") // what tensors and tokenizers take
public record Generated(long[] tokens, double[] logProbabilities, double score) {

    /** The tokens before the first that ends a text. */
    public long[] before(Set<Integer> ends) {
        int length = 0;
        while (length < tokens.length && !ends.contains((int) tokens[length])) {
            length++;
        }
        return Arrays.copyOf(tokens, length);
    }

    /** The mean of the tokens' probabilities, 0 to 1; 0 if there are none. */
    public double confidence() {
        return Arrays.stream(logProbabilities).map(Math::exp).average().orElse(0);
    }
}
