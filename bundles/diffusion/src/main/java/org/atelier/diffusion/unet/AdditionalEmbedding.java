package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.layers.TimestepEmbedding;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** Embeds pooled text embeddings and time ids for the residual blocks. Podell et al. 2023, section 2.2. */
final class AdditionalEmbedding {

    private final UNetSettings settings;
    private final AdditionalEmbeddingSettings own;
    private final Precision precision;
    private final TorchKernels kernels;
    private final TimestepEmbedding embedding;

    /** @param weights of {@code add_embedding} */
    AdditionalEmbedding(
            Weights weights,
            UNetSettings settings,
            AdditionalEmbeddingSettings own,
            Precision precision,
            TorchKernels kernels) {
        this.settings = settings;
        this.own = own;
        this.precision = precision;
        this.kernels = kernels;
        this.embedding = new TimestepEmbedding(weights, own.channels(), settings.timeChannels(), kernels);
    }

    /** Returns (image, time channel), owned by {@code pass}. */
    NDArray forward(NDManager pass, Conditioning.Added added) {
        NDArray pooled = added.pooledTextEmbeddings().duplicate();
        pooled.attach(pass);
        NDArray timeIds = added.timeIds().flatten();
        timeIds.attach(pass);
        NDArray sinusoids = kernels.sinusoid(
                        timeIds, own.timeIdChannels(), settings.cosineFirst(), settings.frequencyShift())
                .reshape(pooled.getShape().get(0), -1);
        return embedding.forward(kernels.cast(pooled.concat(sinusoids, 1), precision));
    }
}
