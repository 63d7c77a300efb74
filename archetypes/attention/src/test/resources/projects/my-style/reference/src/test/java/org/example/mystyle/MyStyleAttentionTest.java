package org.example.mystyle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.attention.GuidanceHalf;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.ObservedMaps;
import org.atelier.api.attention.Reference;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.Test;

class MyStyleAttentionTest {

    private static final float EXACT = 1e-5f;

    /** The third of ten self-attentions, with one head on a map of one token. */
    private static final AttentionLayer LAYER = new AttentionLayer(Kind.SELF, 2, 10, "up0", 1, 1, 1);

    @Test
    void isPlainWithoutStrength() {
        assertTrue(new MyStyleAttention(0, true).at(LAYER).isPlain());
    }

    /** All scores are equal, so the result is the weighted mean of the values: 8 of the image, 2 of the reference. */
    @Test
    void weightsTheReferenceByTheStrength() {
        assertArrayEquals(new float[] {5}, seen(1), EXACT);
        assertArrayEquals(new float[] {4}, seen(2), EXACT);
        assertArrayEquals(new float[] {6}, seen(.5), EXACT);
    }

    private static float[] seen(double strength) {
        try (TorchKernels kernels = TorchKernels.load(Device.cpu());
                NDManager manager = kernels.newManager()) {
            Heads own = new Heads(token(manager, 1), token(manager, 1), token(manager, 8));
            Heads reference = new Heads(token(manager, 1), token(manager, 1), token(manager, 2));
            return new MyStyleAttention(strength, false)
                    .at(LAYER)
                    .attend(new AttentionCall(
                            LAYER,
                            own,
                            List.of(Reference.style(reference, 1)),
                            new DenoisingStep(0, 1, 981, 14),
                            List.of(1),
                            GuidanceHalf.CONDITIONAL,
                            kernels,
                            ObservedMaps.none()))
                    .toFloatArray();
        }
    }

    /** One token of one channel: (image, head, token, channel). */
    private static NDArray token(NDManager manager, float value) {
        return manager.create(new float[] {value}, new Shape(1, 1, 1, 1));
    }
}
