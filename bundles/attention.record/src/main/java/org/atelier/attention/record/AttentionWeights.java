package org.atelier.attention.record;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.attention.Kernels;
import org.atelier.api.attention.Part;

/**
 * The attention weights of some queries of one image, averaged over heads: softmax(q·k/√d + bias) over the tokens of all
 * parts.
 *
 * @param queries number of queries
 * @param parts for each part the weights (query, token) in row-major order; the sum of a query over all parts is 1
 */
record AttentionWeights(int queries, List<float[]> parts) {

    /** Makes a defensive copy. */
    AttentionWeights {
        parts = List.copyOf(parts);
    }

    /**
     * Computes the weights.
     *
     * @param query (1, head, query, channel)
     * @param parts each with keys (1, head, token, channel)
     */
    static AttentionWeights of(Kernels kernels, NDArray query, List<Part> parts) {
        NDList keys = new NDList(parts.stream().map(Part::key).toArray(NDArray[]::new));
        NDArray key = keys.size() == 1 ? keys.get(0) : NDArrays.concat(keys, 2);
        NDArray probabilities = kernels.probabilities(query, key);
        int heads = (int) probabilities.getShape().get(1);
        int queries = (int) probabilities.getShape().get(2);
        int tokens = (int) probabilities.getShape().get(3);
        float[] weights = meanOverHeads(probabilities.toFloatArray(), heads, factors(parts, tokens));
        List<float[]> split = new ArrayList<>();
        int from = 0;
        for (NDArray ofPart : keys) {
            int count = (int) ofPart.getShape().get(2);
            split.add(columns(weights, tokens, from, count));
            from += count;
        }
        return new AttentionWeights(queries, split);
    }

    /** The exponential of each token's bias: weights without biases times this are in proportion to those with them. */
    private static double[] factors(List<Part> parts, int tokens) {
        double[] factors = new double[tokens];
        int next = 0;
        for (Part part : parts) {
            float[] biases = part.tokenBias() == null ? null : Features.floats(part.tokenBias());
            for (int token = 0; token < part.key().getShape().get(2); token++) {
                factors[next++] = Math.exp(part.scoreBias() + (biases == null ? 0 : biases[token]));
            }
        }
        return factors;
    }

    /** @param plain (head, query, token) without biases */
    private static float[] meanOverHeads(float[] plain, int heads, double[] factors) {
        float[] mean = new float[plain.length / heads];
        for (int start = 0; start < plain.length; start += factors.length) {
            double sum = 0;
            for (int token = 0; token < factors.length; token++) {
                sum += plain[start + token] * factors[token];
            }
            int target = start % mean.length;
            for (int token = 0; token < factors.length; token++) {
                mean[target + token] += (float) (plain[start + token] * factors[token] / sum / heads);
            }
        }
        return mean;
    }

    private static float[] columns(float[] weights, int tokens, int from, int count) {
        float[] chosen = new float[weights.length / tokens * count];
        for (int query = 0; query < weights.length / tokens; query++) {
            System.arraycopy(weights, query * tokens + from, chosen, query * count, count);
        }
        return chosen;
    }

    /** How much of its attention each query gives to a part, 0 to 1. */
    float[] share(int part) {
        float[] all = parts.get(part);
        float[] shares = new float[queries];
        for (int i = 0; i < all.length; i++) {
            shares[i / (all.length / queries)] += all[i];
        }
        return shares;
    }
}
