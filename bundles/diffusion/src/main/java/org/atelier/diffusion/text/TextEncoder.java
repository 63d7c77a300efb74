package org.atelier.diffusion.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.models.tokenizer.PromptTokenizer;

/** Both text encoders of Stable Diffusion XL: their states side by side, and the second one's pooled text. */
public final class TextEncoder implements AutoCloseable {

    private final PromptTokenizer tokenizer1;
    private final ClipTextModel model1;
    private final PromptTokenizer tokenizer2;
    private final ClipTextModel model2;

    public TextEncoder(
            PromptTokenizer tokenizer1, ClipTextModel model1, PromptTokenizer tokenizer2, ClipTextModel model2) {
        this.tokenizer1 = tokenizer1;
        this.model1 = model1;
        this.tokenizer2 = tokenizer2;
        this.model2 = model2;
    }

    /**
     * Reads a text.
     *
     * @param sizes the picture's six, as {@link Conditioning} has them
     * @param manager that the condition shall belong to
     */
    public Conditioning read(String text, float[] sizes, NDManager manager) {
        ClipTextModel.Reading first = model1.read(tokenizer1.encode(text).ids(), manager);
        ClipTextModel.Reading second = model2.read(tokenizer2.encode(text).ids(), manager);
        NDArray words = first.words().concat(second.words(), 2);
        first.words().close();
        second.words().close();
        return new Conditioning(words, second.pooled(), manager.create(sizes, new Shape(1, sizes.length)));
    }

    @Override
    public void close() {
        tokenizer1.close();
        tokenizer2.close();
    }
}
