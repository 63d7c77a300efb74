package org.atelier.diffusion.unet;

/**
 * Settings of the additional conditioning: {@code addition_embed_type} "text_time" of diffusers.
 *
 * @param pooledTextChannels channels of the pooled text embeddings
 * @param timeIds number of time ids per image
 * @param timeIdChannels channels of the sinusoidal embedding of each time id
 */
public record AdditionalEmbeddingSettings(int pooledTextChannels, int timeIds, int timeIdChannels) {

    /** Channels of the pooled text embeddings and all sinusoidal embeddings together. */
    int channels() {
        return pooledTextChannels + timeIds * timeIdChannels;
    }
}
