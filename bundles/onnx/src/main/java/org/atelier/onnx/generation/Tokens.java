package org.atelier.onnx.generation;

import org.atelier.onnx.Tensor;

/** Texts as tensors. */
final class Tokens {

    private Tokens() {}

    /** @return (row, token) of the tokens from {@code first} on */
    static Tensor tensor(long[][] texts, int first) {
        int length = texts[0].length - first;
        long[] tokens = new long[texts.length * length];
        for (int row = 0; row < texts.length; row++) {
            System.arraycopy(texts[row], first, tokens, row * length, length);
        }
        return Tensor.longs(tokens, texts.length, length);
    }
}
