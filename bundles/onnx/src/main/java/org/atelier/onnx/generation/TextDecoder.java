package org.atelier.onnx.generation;

import java.util.Map;
import org.atelier.onnx.Tensor;

/** A network that predicts the next token. Thread-safe; each text has a {@link Pass} of its own. */
public interface TextDecoder {

    /**
     * Begins a text, or several that continue the same prompt.
     *
     * @param memory the inputs of cross-attention by name, each for one row: {@code encoder_hidden_states} (1, position, channel),
     *     {@code encoder_attention_mask} (1, position); inputs that the graph lacks are ignored. Owned by the
     *     caller; stays open until the pass is closed
     * @param rows number of texts that are continued in parallel: the beams
     * @return to be closed by the caller
     */
    Pass begin(Map<String, Tensor> memory, int rows);

    /** The texts that are being continued. */
    interface Pass extends AutoCloseable {

        /**
         * Runs one step.
         *
         * @param texts (row, token), all of one length, longer than at the last call; the whole prompt at the first
         * @param continued which row of the last call each row continues; ignored at the first call
         * @return (row, token of the vocabulary): logits of the token that follows
         */
        float[][] next(long[][] texts, int[] continued);

        @Override
        void close();
    }
}
