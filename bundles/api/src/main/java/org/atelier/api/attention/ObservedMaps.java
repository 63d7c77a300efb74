package org.atelier.api.attention;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where in an image the words of its prompt are: cross-attention maps of the words that a strategy
 * {@linkplain AttentionStrategy#observedWords observes}, at the resolution of the layer that asks.
 *
 * <p>A map holds for every token of the feature map the probability, 0 to 1, that it attends to the word: summed over the
 * word's tokens, averaged over heads and over the observed layers of that resolution, in the conditional half of
 * guidance. It is that of this step as far as its layers have been passed, else of the step before.
 *
 * <p>Maps are float32, (1, token), in the memory of the pass.
 */
@ProviderType
public interface ObservedMaps {

    /**
     * Where an image shows a word.
     *
     * @param image one of {@link AttentionCall#images}
     * @return empty if the word is not in its prompt, or no layer of this resolution has been observed yet
     */
    Optional<NDArray> of(int image, String word);

    /**
     * Where a reference shows a word.
     *
     * @param reference one of {@link AttentionCall#references}, the very object
     * @return empty if the word is not in its prompt, or no layer of this resolution is observed
     */
    Optional<NDArray> of(Reference reference, String word);

    /** Nothing is observed. */
    static ObservedMaps none() {
        return new ObservedMaps() {
            @Override
            public Optional<NDArray> of(int image, String word) {
                return Optional.empty();
            }

            @Override
            public Optional<NDArray> of(Reference reference, String word) {
                return Optional.empty();
            }
        };
    }
}
