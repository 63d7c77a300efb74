package org.atelier.diffusion.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.atelier.diffusion.layers.LayerNorm;
import org.atelier.diffusion.layers.Linear;
import org.atelier.models.family.TextEncoding;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** A CLIP text model, with its projection where it has one. Radford et al. 2021. */
public final class ClipTextModel {

    /** What old configurations say for "the largest id of the text". */
    private static final int LEGACY_END = 2;

    private final ClipTextSettings settings;
    private final TextEncoding encoding;
    private final NDArray tokenEmbedding;
    private final NDArray positionEmbedding;
    private final List<ClipTextLayer> layers = new ArrayList<>();
    private final LayerNorm finalNorm;
    private final Linear projection;
    private final TorchKernels kernels;

    /** @param encoding which of its states are taken; one whose pooled text is not has no projection */
    public ClipTextModel(Weights weights, ClipTextSettings settings, TextEncoding encoding, TorchKernels kernels) {
        this.settings = settings;
        this.encoding = encoding;
        this.kernels = kernels;
        int channels = settings.channels();
        Weights text = weights.at("text_model");
        this.tokenEmbedding = text.tensor("embeddings.token_embedding.weight", settings.vocabulary(), channels);
        this.positionEmbedding = text.tensor("embeddings.position_embedding.weight", settings.positions(), channels);
        for (int i = 0; i < settings.layers(); i++) {
            layers.add(new ClipTextLayer(text.at("encoder.layers." + i), settings, kernels));
        }
        this.finalNorm = new LayerNorm(text.at("final_layer_norm"), channels, settings.epsilon(), kernels);
        this.projection = encoding.pooled()
                ? Linear.withoutBias(weights.at("text_projection"), channels, settings.projection(), kernels)
                : null;
        weights.requireAllTaken();
    }

    /**
     * What the model makes of a prompt.
     *
     * @param hiddenState that of the layer which the encoding names: (1, token, channel), float32
     * @param pooled the projected state of the end token, (1, projection), float32; {@code null} where it is not taken
     */
    record Output(NDArray hiddenState, NDArray pooled) {}

    /**
     * Encodes a prompt.
     *
     * @param tokens ids, padded to as many as the model takes
     * @param manager that the output shall belong to
     */
    Output encode(long[] tokens, NDManager manager) {
        try (NDManager pass = manager.newSubManager()) {
            NDArray ids = pass.create(tokens).expandDims(0);
            NDArray positions = positionEmbedding.get("0:" + tokens.length);
            positions.attach(pass);
            NDArray hidden = kernels.embedding(ids, tokenEmbedding).add(positions);
            int counting = layers.size() - encoding.skippedLayers();
            for (ClipTextLayer layer : layers.subList(0, counting)) {
                hidden = layer.forward(hidden);
            }
            NDArray hiddenState = encoding.finalNorm() ? finalNorm.forward(hidden) : hidden;
            if (projection == null) {
                return new Output(kept(hiddenState, manager), null);
            }
            for (ClipTextLayer layer : layers.subList(counting, layers.size())) {
                hidden = layer.forward(hidden);
            }
            NDArray pooled = pool(hidden, endOf(tokens));
            return new Output(kept(hiddenState, manager), kept(pooled, manager));
        }
    }

    private NDArray pool(NDArray hidden, int end) {
        NDArray normed = finalNorm.forward(hidden);
        return projection.forward(normed.get(":, " + end + ", :"));
    }

    private NDArray kept(NDArray state, NDManager manager) {
        NDArray single = kernels.cast(state, Precision.FLOAT32);
        single.attach(manager);
        return single;
    }

    private int endOf(long[] tokens) {
        int largest = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (settings.endToken() != LEGACY_END && tokens[i] == settings.endToken()) {
                return i;
            }
            largest = tokens[i] > tokens[largest] ? i : largest;
        }
        return settings.endToken() == LEGACY_END ? largest : 0;
    }
}
