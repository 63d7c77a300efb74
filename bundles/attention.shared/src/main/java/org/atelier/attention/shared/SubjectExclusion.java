package org.atelier.attention.shared;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.Part;
import org.atelier.api.attention.Reference;

/**
 * Excludes what a reference shows from what is shared: the tokens where words of its prompt are, found as ConsiStory finds
 * a subject (Tewel et al. 2024), from the mean of cross-attention maps by Otsu's threshold. ConsiStory shares these
 * tokens; here they are the ones that are not shared.
 *
 * @param words of the reference's prompt; empty excludes nothing
 * @param weight of the excluded tokens, 0 to 1; 0 removes them
 */
record SubjectExclusion(List<String> words, double weight) {

    /** Makes a defensive copy. */
    SubjectExclusion {
        words = List.copyOf(words);
    }

    /** The keys and values of a reference that images attend to, without bias for the whole. */
    Part of(AttentionCall call, Reference reference) {
        NDArray key = reference.heads().key();
        NDArray value = reference.heads().value();
        Optional<NDArray> map = weight == 1 ? Optional.empty() : map(call, reference);
        if (map.isEmpty()) {
            return Part.of(key, value);
        }
        float[] probabilities = map.get().toFloatArray();
        float threshold = Otsu.threshold(probabilities);
        if (weight > 0) {
            float[] biases = new float[probabilities.length];
            for (int token = 0; token < biases.length; token++) {
                biases[token] = probabilities[token] > threshold ? (float) Math.log(weight) : 0;
            }
            return Part.of(key, value)
                    .biased(map.get().getManager().create(biases).expandDims(0));
        }
        long[] kept = IntStream.range(0, probabilities.length)
                .filter(token -> probabilities[token] <= threshold)
                .asLongStream()
                .toArray();
        NDArray tokens = map.get().getManager().create(kept);
        return Part.of(at(tokens, key), at(tokens, value));
    }

    /** The probability that a token of the reference attends to any of the words, (1, token). */
    private Optional<NDArray> map(AttentionCall call, Reference reference) {
        return words.stream()
                .flatMap(word -> call.maps().meanOf(reference, word).stream())
                .reduce(NDArray::add);
    }

    /**
     * Selects tokens.
     *
     * @param features (1, head, token, channel)
     */
    private static NDArray at(NDArray tokens, NDArray features) {
        return features.transpose(2, 0, 1, 3).get(tokens).transpose(1, 2, 0, 3);
    }
}
