package org.atelier.onnx.generation;

import java.util.Map;
import org.atelier.onnx.Tensor;

/** A network that says what the next token may be. Thread-safe; each text has a {@link Pass} of its own. */
public interface TextDecoder {

    /**
     * Begins a text, or several that continue the same prompt.
     *
     * @param memory what the decoder looks at beside the tokens, by input, each for one row: {@code encoder_hidden_states} (1, position, channel),
     *     {@code encoder_attention_mask} (1, position); what the graph does not take is left out. Stays the caller's, and open until the pass is closed
     * @param rows how many texts go on side by side: the beams
     * @return to be closed by the caller
     */
    Pass begin(Map<String, Tensor> memory, int rows);

    /** The texts under way. */
    interface Pass extends AutoCloseable {

        /**
         * Looks at the texts so far.
         *
         * @param texts (row, token), all of one length, longer than at the last call; the whole prompt at the first
         * @param continued which row of the last call each row continues; of no matter at the first call
         * @return (row, token of the vocabulary): logits of the token that follows
         */
        float[][] next(long[][] texts, int[] continued);

        @Override
        void close();
    }
}
