package org.atelier.attention.full;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.attention.GuidanceHalf;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.ObservedMaps;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.Test;

class FullSharingTest {

    @Test
    void eachImageSeesTheTokensOfAll() {
        try (TorchKernels kernels = TorchKernels.load(Device.cpu());
                NDManager manager = kernels.newManager()) {
            // Equal scores everywhere: each token sees the mean of the values that it attends to.
            NDArray same = manager.zeros(new Shape(3, 2, 2, 4));
            NDArray values = manager.arange(48f).reshape(3, 2, 2, 4);
            NDArray seen = new FullSharing(0)
                    .at(layer(0))
                    .attend(new AttentionCall(
                            layer(0),
                            new Heads(same, same, values),
                            List.of(),
                            new DenoisingStep(0, 1, 981, 14),
                            List.of(0, 1, 2),
                            GuidanceHalf.CONDITIONAL,
                            kernels,
                            ObservedMaps.none()));

            NDArray mean =
                    values.mean(new int[] {2}, true).mean(new int[] {0}, true).broadcast(new Shape(3, 2, 2, 4));
            assertArrayEquals(mean.toFloatArray(), seen.toFloatArray(), 1e-5f);
        }
    }

    @Test
    void couplesTheSet() {
        assertEquals(Coupling.SET, new FullSharing(0).coupling());
        assertFalse(new FullSharing(0).sharesGroupNorm());
    }

    @Test
    void aLevelLeavesLayersPlain() {
        assertFalse(new FullSharing(0).at(layer(0)).isPlain());
        assertTrue(new FullSharing(.3).at(layer(0)).isPlain());
        assertFalse(new FullSharing(.3).at(layer(1)).isPlain());
        assertTrue(new FullSharing(1).at(layer(1)).isPlain());
    }

    private static AttentionLayer layer(int index) {
        return new AttentionLayer(Kind.SELF, index, 12, "down1", 2, 1, 2);
    }
}
