package org.atelier.onnx.generation;

import org.atelier.api.AtelierException;
import org.atelier.onnx.Graph;
import org.atelier.onnx.OnnxModel;

/** Opens the decoder of a model, in any of the forms of the exports. */
public final class TextDecoders {

    private static final String MERGED = "decoder_model_merged";
    private static final String FIRST = "decoder_model";
    private static final String LATER = "decoder_with_past_model";

    private TextDecoders() {}

    /**
     * The decoder of an encoder-decoder model: merged, in two graphs, or without a cache.
     *
     * @throws AtelierException MODEL_INVALID naming the file if there is none, or it is not a decoder
     */
    public static TextDecoder of(OnnxModel model) {
        if (model.has(MERGED)) {
            Graph graph = model.graph(MERGED);
            return new CachedDecoder(graph, graph);
        }
        return model.has(LATER)
                ? new CachedDecoder(model.graph(FIRST), model.graph(LATER))
                : new WholeDecoder(model.graph(FIRST));
    }

    /**
     * The decoder that is a graph of its own.
     *
     * @throws AtelierException MODEL_INVALID if it lacks tokens or logits
     */
    public static TextDecoder of(Graph graph) {
        return CachedDecoder.isCached(graph) ? new CachedDecoder(graph, graph) : new WholeDecoder(graph);
    }
}
