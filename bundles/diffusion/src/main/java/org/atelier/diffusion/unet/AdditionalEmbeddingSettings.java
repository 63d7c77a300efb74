package org.atelier.diffusion.unet;

/**
 * What a network with additional conditioning says of it: diffusers' {@code addition_embed_type} "text_time".
 *
 * @param pooledTextChannels of the pooled text embeddings
 * @param timeIds how many numbers about an image it is given
 * @param timeIdChannels of the sinusoid of each number
 */
public record AdditionalEmbeddingSettings(int pooledTextChannels, int timeIds, int timeIdChannels) {

    /** Channels of the pooled text embeddings and all sinusoids together. */
    int channels() {
        return pooledTextChannels + timeIds * timeIdChannels;
    }
}
