package org.atelier.context.speech;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.atelier.onnx.generation.TokenChoice;

/** Samples a token from the 50 most probable ones at a temperature, as transformers does. */
final class SampledToken implements TokenChoice {

    private static final int CANDIDATES = 50;

    private final double temperature;
    private final RandomGenerator random;

    /** @param temperature above 0 */
    SampledToken(double temperature, RandomGenerator random) {
        this.temperature = temperature;
        this.random = random;
    }

    @Override
    public int choose(float[] scores) {
        List<Integer> candidates = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparing((Integer token) -> scores[token]).reversed())
                .limit(CANDIDATES)
                .toList();
        double highest = scores[candidates.get(0)];
        double sum = 0;
        for (int token : candidates) {
            sum += Math.exp((scores[token] - highest) / temperature);
        }
        double threshold = random.nextDouble() * sum;
        for (int token : candidates) {
            threshold -= Math.exp((scores[token] - highest) / temperature);
            if (threshold < 0) {
                return token;
            }
        }
        return candidates.get(0);
    }
}
