package org.atelier.models.family;

/**
 * What one text encoder contributes to the text embeddings.
 *
 * @param tokenizer component of its tokenizer
 * @param textModel component of its text model
 * @param skippedLayers number of last layers to skip: 0 for the last hidden state, 1 for the penultimate
 * @param finalNorm whether the final normalisation is applied to the hidden state
 * @param pooled whether it provides the pooled text embedding
 */
public record TextEncoding(String tokenizer, String textModel, int skippedLayers, boolean finalNorm, boolean pooled) {}
