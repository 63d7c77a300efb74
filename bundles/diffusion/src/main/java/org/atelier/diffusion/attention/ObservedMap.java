package org.atelier.diffusion.attention;

import org.atelier.models.safetensors.FloatTensor;

/**
 * Where a word was in an image at a step.
 *
 * @param image its place in the set
 * @param height of the feature map, in tokens
 * @param width of the feature map, in tokens
 * @param probabilities that a token of the feature map attends to the word, (1, token)
 */
public record ObservedMap(int image, int height, int width, String word, FloatTensor probabilities) {}
