package org.atelier.diffusion.attention;

import org.atelier.models.safetensors.FloatTensor;

/**
 * The cross-attention map of a word in a view of an image at a step.
 *
 * @param view number of the view in the set; without windows, the index of the image
 * @param height of the feature map, in tokens
 * @param width of the feature map, in tokens
 * @param probabilities for each token of the feature map, the probability of attending to the word, (1, token)
 */
public record ObservedMap(int view, int height, int width, String word, FloatTensor probabilities) {}
