package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.attention.ReferenceFeatureRecorder;
import org.junit.jupiter.api.Test;

/** An image attends to a reference of another resolution, checked against a computation by hand. */
class AttentionAcrossSizesTest {

    private static final int HEADS = 2;
    private static final int CHANNELS = 8;

    /** The epsilon of AdaIN. */
    private static final double EPSILON = 1e-5;

    /** An image of 4 x 6 tokens and a reference of 2 x 5, each with both halves of guidance. */
    private static final int OWN_TOKENS = 24;

    private static final int REFERENCE_TOKENS = 10;

    private static Heads heads(TinyModel model, int seed, int tokens) {
        return new Heads(
                model.kernels.noise(model.manager, seed, 2, HEADS, tokens, CHANNELS),
                model.kernels.noise(model.manager, seed + 1, 2, HEADS, tokens, CHANNELS),
                model.kernels
                        .noise(model.manager, seed + 2, 2, HEADS, tokens, CHANNELS)
                        .add(seed));
    }

    private static NDArray attended(TinyModel model, AttentionStrategy strategy, Heads own, Heads reference) {
        AttentionLayer layer = new AttentionLayer(Kind.SELF, 0, 1, "mid", HEADS, 4, 6);
        LayerAttentions attentions = LayerAttentions.of(strategy, List.of(layer), model.kernels);
        ReferenceFeatureRecorder recorder = model.recorder(attentions, model.manager);
        recorder.attend(0, reference);
        return model.pass(attentions, recorder, 1).attend(0, own);
    }

    @Test
    void appliesOneSoftmaxToTheTokensOfBoth() {
        try (TinyModel model = new TinyModel()) {
            Heads own = heads(model, 1, OWN_TOKENS);
            Heads reference = heads(model, 4, REFERENCE_TOKENS);

            NDArray expected = attended(
                    adain(own.query(), reference.query()),
                    adain(own.key(), reference.key()).concat(reference.key(), 2),
                    own.value().concat(reference.value(), 2),
                    0);

            NDArray attended = attended(model, Strategies.shared(), own, reference);
            assertEquals(0, TinyModel.distance(expected, attended), 1e-5);
            NDArray alone = attended(own.query(), own.key(), own.value(), 0);
            assertTrue(TinyModel.distance(alone, attended) > 0.1, "the reference has no effect");
        }
    }

    @Test
    void scalesAndShiftsTheScoresOfTheReferenceOnly() {
        try (TinyModel model = new TinyModel()) {
            Heads own = heads(model, 1, OWN_TOKENS);
            Heads reference = heads(model, 4, REFERENCE_TOKENS);

            NDArray expected = attended(
                    adain(own.query(), reference.query()),
                    adain(own.key(), reference.key()).concat(reference.key().mul(0.5), 2),
                    adain(own.value(), reference.value()).concat(reference.value(), 2),
                    0.7);

            assertEquals(
                    0, TinyModel.distance(expected, attended(model, Strategies.everything(), own, reference)), 1e-5);
        }
    }

    /** @param shift added to the last scores, which are those of the reference */
    private static NDArray attended(NDArray query, NDArray key, NDArray value, double shift) {
        NDArray scores = query.matMul(key.transpose(0, 1, 3, 2)).div(Math.sqrt(CHANNELS));
        NDArray ownScores = scores.get(":, :, :, :" + OWN_TOKENS);
        NDArray referenceScores = scores.get(":, :, :, " + OWN_TOKENS + ":").add(shift);
        return ownScores.concat(referenceScores, 3).softmax(3).matMul(value);
    }

    private static NDArray adain(NDArray features, NDArray reference) {
        return features.sub(mean(features))
                .div(deviation(features))
                .mul(deviation(reference))
                .add(mean(reference));
    }

    private static NDArray mean(NDArray features) {
        return features.mean(new int[] {2}, true);
    }

    private static NDArray deviation(NDArray features) {
        double tokens = features.getShape().get(2);
        return features.sub(mean(features))
                .square()
                .sum(new int[] {2}, true)
                .div(tokens - 1)
                .add(EPSILON)
                .sqrt();
    }
}
