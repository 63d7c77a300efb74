package org.atelier.diffusion.attention;

import org.atelier.models.safetensors.FloatTensor;

/**
 * The cross-attention map of a word in a view of an image at a step, or the sum over steps of its maps in one of the
 * references that the view attends to.
 *
 * @param view number of the view in the set; without windows, the index of the image
 * @param reference position among the references of the view, or {@link #OWN}
 * @param height of the feature map, in tokens
 * @param width of the feature map, in tokens
 * @param steps number of steps that are summed; 1 for a map of the view itself
 * @param probabilities for each token of the feature map, the probability of attending to the word, (1, token)
 */
public record ObservedMap(
        int view, int reference, int height, int width, String word, int steps, FloatTensor probabilities) {

    /** The value of {@link #reference} for a map of the view itself. */
    public static final int OWN = -1;

    /** A map of the view itself. */
    public ObservedMap(int view, int height, int width, String word, FloatTensor probabilities) {
        this(view, OWN, height, width, word, 1, probabilities);
    }
}
