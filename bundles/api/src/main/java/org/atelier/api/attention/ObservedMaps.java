package org.atelier.api.attention;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where an image shows the words of its prompt: cross-attention maps of the
 * {@linkplain AttentionStrategy#observedWords observed words}, at the resolution of the current layer.
 *
 * <p>A map holds, for every token of the feature map, the probability (0 to 1) that it attends to the word: summed over
 * the word's tokens, averaged over heads and over the observed layers of that resolution, in the conditional half of
 * guidance. It is from this step if a layer of that resolution has already run in it, else from the previous step.
 *
 * <p>Maps are float32, (1, token), and freed after the pass.
 */
@ProviderType
public interface ObservedMaps {

    /**
     * The map of a word in an image.
     *
     * @param image one of {@link AttentionCall#images}
     * @return empty if the word is not in its prompt, or no layer of this resolution has been observed yet
     */
    Optional<NDArray> of(int image, String word);

    /**
     * The map of a word in a reference.
     *
     * @param reference one of {@link AttentionCall#references}, the same object
     * @return empty if the word is not in its prompt, or no layer of this resolution is observed
     */
    Optional<NDArray> of(Reference reference, String word);

    /**
     * The map of a word in a reference, averaged over this step and those earlier steps in which the images asked for it.
     * The map of one step has holes; the mean covers the object (Tewel et al. 2024, ConsiStory).
     *
     * @param reference one of {@link AttentionCall#references}, the same object
     * @return empty if {@link #of(Reference, String)} is
     */
    Optional<NDArray> meanOf(Reference reference, String word);

    /** No maps. */
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

            @Override
            public Optional<NDArray> meanOf(Reference reference, String word) {
                return Optional.empty();
            }
        };
    }
}
