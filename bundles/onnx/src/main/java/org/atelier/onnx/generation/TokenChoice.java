package org.atelier.onnx.generation;

/** Which token follows where no beams are followed. */
@FunctionalInterface
public interface TokenChoice {

    /** The likeliest token, of equals the first. */
    static TokenChoice likeliest() {
        return scores -> {
            int best = 0;
            for (int token = 1; token < scores.length; token++) {
                if (scores[token] > scores[best]) {
                    best = token;
                }
            }
            return best;
        };
    }

    /** @param scores logits after the processors, by token */
    int choose(float[] scores);
}
