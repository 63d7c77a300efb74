package org.atelier.diffusion.attention;

import org.atelier.models.safetensors.FloatTensor;

/**
 * The cross-attention map of a word in an image at a step.
 *
 * @param image its index in the set
 * @param height of the feature map, in tokens
 * @param width of the feature map, in tokens
 * @param probabilities for each token of the feature map, the probability of attending to the word, (1, token)
 */
public record ObservedMap(int image, int height, int width, String word, FloatTensor probabilities) {}
