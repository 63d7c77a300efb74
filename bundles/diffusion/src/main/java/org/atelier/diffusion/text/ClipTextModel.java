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

/** A CLIP text model, with an optional projection. Radford et al. 2021. */
public final class ClipTextModel {

    /** The {@code eos_token_id} of legacy configurations, which means the largest token id of the text. */
    private static final int LEGACY_EOS = 2;

    private final ClipTextSettings settings;
    private final TextEncoding encoding;
    private final NDArray tokenEmbedding;
    private final NDArray positionEmbedding;
    private final List<ClipTextLayer> layers = new ArrayList<>();
    private final LayerNorm finalNorm;
    private final Linear projection;
    private final TorchKernels kernels;

    /** @param encoding selects the hidden state; the projection is loaded only if the pooled text is used */
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
        weights.requireAllRead();
    }

    /**
     * The encoding of a prompt.
     *
     * @param hiddenState of the selected layer, (1, token, channel), float32
     * @param pooled projected state of the end token, (1, projection), float32; {@code null} if it is not used
     */
    record Output(NDArray hiddenState, NDArray pooled) {}

    /** Encodes a prompt with the layers that the encoding selects. */
    Output encode(long[] tokens, NDManager manager) {
        return encode(tokens, 0, manager);
    }

    /**
     * Encodes a prompt.
     *
     * @param tokens token ids, padded to the length of the model
     * @param clipSkip number of layers to skip in addition to those of the encoding
     * @param manager owns the output
     */
    Output encode(long[] tokens, int clipSkip, NDManager manager) {
        try (NDManager pass = manager.newSubManager()) {
            NDArray ids = pass.create(tokens).expandDims(0);
            NDArray positions = positionEmbedding.get("0:" + tokens.length);
            positions.attach(pass);
            NDArray hidden = kernels.embedding(ids, tokenEmbedding).add(positions);
            int usedLayers = layers.size() - encoding.skippedLayers() - clipSkip;
            for (ClipTextLayer layer : layers.subList(0, usedLayers)) {
                hidden = layer.forward(hidden);
            }
            NDArray hiddenState = encoding.finalNorm() ? finalNorm.forward(hidden) : hidden;
            if (projection == null) {
                return new Output(export(hiddenState, manager), null);
            }
            for (ClipTextLayer layer : layers.subList(usedLayers, layers.size())) {
                hidden = layer.forward(hidden);
            }
            NDArray pooled = pool(hidden, endPosition(tokens));
            return new Output(export(hiddenState, manager), export(pooled, manager));
        }
    }

    private NDArray pool(NDArray hidden, int end) {
        NDArray normed = finalNorm.forward(hidden);
        return projection.forward(normed.get(":, " + end + ", :"));
    }

    private NDArray export(NDArray state, NDManager manager) {
        NDArray converted = kernels.cast(state, Precision.FLOAT32);
        converted.attach(manager);
        return converted;
    }

    private int endPosition(long[] tokens) {
        int largest = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (settings.endToken() != LEGACY_EOS && tokens[i] == settings.endToken()) {
                return i;
            }
            largest = tokens[i] > tokens[largest] ? i : largest;
        }
        return settings.endToken() == LEGACY_EOS ? largest : 0;
    }
}
