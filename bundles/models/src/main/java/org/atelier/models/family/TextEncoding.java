package org.atelier.models.family;

/**
 * What one text encoder contributes to the text embeddings.
 *
 * @param tokenizer the component that makes its tokens
 * @param textModel the component that encodes them
 * @param skippedLayers how many of its last layers do not count: 0 for the last hidden state, 1 for the penultimate
 * @param finalNorm whether the model's final normalisation is applied to the hidden state that is taken
 * @param pooled whether its projected end token is the pooled text embedding
 */
public record TextEncoding(String tokenizer, String textModel, int skippedLayers, boolean finalNorm, boolean pooled) {}
