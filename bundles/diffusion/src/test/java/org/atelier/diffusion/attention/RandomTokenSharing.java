package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Part;

/**
 * Consistent self-attention: in the up blocks every image attends to its own tokens and to a random half of the tokens
 * of the others, sampled anew at every step. Zhou et al. 2024, StoryDiffusion, section 3.1.
 */
public final class RandomTokenSharing implements AttentionStrategy {

    private static final double HALF = 0.5;

    private final long seed;

    public RandomTokenSharing(long seed) {
        this.seed = seed;
    }

    @Override
    public Attention at(AttentionLayer layer) {
        boolean shares = layer.kind() == Kind.SELF && layer.block().startsWith("up");
        return shares ? this::attend : Attention.plain();
    }

    @Override
    public Coupling coupling() {
        return Coupling.SET;
    }

    private NDArray attend(AttentionCall call) {
        Heads own = call.own();
        Part all = Part.of(concatenated(own.key()), concatenated(own.value()));
        return call.kernels().attend(own.query(), List.of(all.biased(mask(call))));
    }

    /** The score bias: 0 for visible tokens, minus infinity for the others, (image, image · token). */
    private NDArray mask(AttentionCall call) {
        NDArray query = call.own().query();
        int images = call.images().size();
        int tokens = (int) query.getShape().get(2);
        Random random =
                new Random(seed + 1000L * call.step().index() + call.layer().index());
        float[] bias = new float[images * images * tokens];
        for (int i = 0; i < bias.length; i++) {
            boolean isOwn = i / (images * tokens) == i / tokens % images;
            bias[i] = isOwn || random.nextDouble() < HALF ? 0 : Float.NEGATIVE_INFINITY;
        }
        return query.getManager().create(bias, new Shape(images, (long) images * tokens));
    }

    /** Concatenates the tokens of all images: (image, head, token, channel) to (1, head, image · token, channel). */
    private static NDArray concatenated(NDArray tokens) {
        Shape shape = tokens.getShape();
        return tokens.transpose(1, 0, 2, 3).reshape(1, shape.get(1), shape.get(0) * shape.get(2), shape.get(3));
    }
}
