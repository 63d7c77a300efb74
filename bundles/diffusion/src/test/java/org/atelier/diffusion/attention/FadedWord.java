package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Part;

/** Biases self-attention against the tokens of an image that show a word, by its cross-attention map. */
public final class FadedWord implements AttentionStrategy {

    private static final double STRENGTH = 20;

    private final String word;

    public FadedWord(String word) {
        this.word = word;
    }

    @Override
    public Attention at(AttentionLayer layer) {
        return layer.kind() == Kind.SELF ? this::attend : Attention.plain();
    }

    @Override
    public Coupling coupling() {
        return Coupling.NONE;
    }

    @Override
    public Set<String> observedWords(AttentionLayer layer) {
        return Set.of(word);
    }

    private NDArray attend(AttentionCall call) {
        NDArray query = call.own().query();
        NDArray zeros = query.getManager().zeros(new Shape(1, query.getShape().get(2)));
        NDList biases = new NDList();
        for (int image : call.images()) {
            biases.add(call.maps().of(image, word).orElse(zeros).mul(-STRENGTH));
        }
        Part own = Part.of(call.own().key(), call.own().value());
        return call.kernels().attend(query, List.of(own.biased(NDArrays.concat(biases))));
    }
}
