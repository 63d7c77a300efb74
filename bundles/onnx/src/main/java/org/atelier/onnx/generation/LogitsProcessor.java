package org.atelier.onnx.generation;

/** Changes what may follow a text. */
@FunctionalInterface
public interface LogitsProcessor {

    /**
     * Changes the scores in place; minus infinity bans a token.
     *
     * @param text the tokens so far, the prompt's first
     * @param scores by token of the vocabulary: logits in greedy search, their log-softmax in beam search
     */
    void process(long[] text, float[] scores);
}
