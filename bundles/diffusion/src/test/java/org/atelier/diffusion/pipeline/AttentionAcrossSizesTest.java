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

/** An image attends to a reference of another resolution: over tokens, computed here by hand. */
class AttentionAcrossSizesTest {

    private static final int HEADS = 2;
    private static final int CHANNELS = 8;

    /** What AdaIN adds to variances. */
    private static final double EPSILON = 1e-5;

    /** An image of 4 x 6 tokens, and a reference of 2 x 5; each with the halves of guidance. */
    private static final int OWN = 24;

    private static final int SHOWN = 10;

    private static Heads heads(TinyModel model, int seed, int tokens) {
        return new Heads(
                model.kernels.noise(model.manager, seed, 2, HEADS, tokens, CHANNELS),
                model.kernels.noise(model.manager, seed + 1, 2, HEADS, tokens, CHANNELS),
                model.kernels
                        .noise(model.manager, seed + 2, 2, HEADS, tokens, CHANNELS)
                        .add(seed));
    }

    private static NDArray passed(TinyModel model, AttentionStrategy strategy, Heads own, Heads shown) {
        AttentionLayer layer = new AttentionLayer(Kind.SELF, 0, 1, "mid", HEADS, 4, 6);
        LayerAttentions attentions = LayerAttentions.of(strategy, List.of(layer), model.kernels);
        ReferenceFeatureRecorder reference = model.recorder(attentions, model.manager);
        reference.attend(0, shown);
        return model.pass(attentions, reference, 1).attend(0, own);
    }

    @Test
    void isOneSoftmaxOverTheTokensOfBoth() {
        try (TinyModel model = new TinyModel()) {
            Heads own = heads(model, 1, OWN);
            Heads shown = heads(model, 4, SHOWN);

            NDArray expected = attended(
                    adain(own.query(), shown.query()),
                    adain(own.key(), shown.key()).concat(shown.key(), 2),
                    own.value().concat(shown.value(), 2),
                    0);

            NDArray attended = passed(model, Strategies.shared(), own, shown);
            assertEquals(0, TinyModel.distance(expected, attended), 1e-5);
            NDArray alone = attended(own.query(), own.key(), own.value(), 0);
            assertTrue(TinyModel.distance(alone, attended) > 0.1, "the reference was not seen");
        }
    }

    @Test
    void scalesAndShiftsTheScoresOfTheReferenceAlone() {
        try (TinyModel model = new TinyModel()) {
            Heads own = heads(model, 1, OWN);
            Heads shown = heads(model, 4, SHOWN);

            NDArray expected = attended(
                    adain(own.query(), shown.query()),
                    adain(own.key(), shown.key()).concat(shown.key().mul(0.5), 2),
                    adain(own.value(), shown.value()).concat(shown.value(), 2),
                    0.7);

            assertEquals(0, TinyModel.distance(expected, passed(model, Strategies.everything(), own, shown)), 1e-5);
        }
    }

    /** @param shift of the last scores, which are the reference's */
    private static NDArray attended(NDArray query, NDArray key, NDArray value, double shift) {
        NDArray scores = query.matMul(key.transpose(0, 1, 3, 2)).div(Math.sqrt(CHANNELS));
        NDArray ofOwn = scores.get(":, :, :, :" + OWN);
        NDArray ofShown = scores.get(":, :, :, " + OWN + ":").add(shift);
        return ofOwn.concat(ofShown, 3).softmax(3).matMul(value);
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
