package org.atelier.attention.full;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.annotation.Annotation;
import java.util.List;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.SelfAttentionLayer;
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
            NDArray seen = strategy(0).at(layer(0)).attend(new Heads(same, same, values), List.of(), kernels);

            NDArray mean = values.mean(new int[] {0, 2}, true).broadcast(new Shape(3, 2, 2, 4));
            assertArrayEquals(mean.toFloatArray(), seen.toFloatArray(), 1e-5f);
        }
    }

    @Test
    void couplesTheSet() {
        assertEquals(Coupling.SET, strategy(0).coupling());
        assertFalse(strategy(0).sharesGroupNorm());
    }

    @Test
    void aLevelLeavesLayersPlain() {
        assertFalse(strategy(0).at(layer(0)).isPlain());
        assertTrue(strategy(.3).at(layer(0)).isPlain());
        assertFalse(strategy(.3).at(layer(1)).isPlain());
        assertTrue(strategy(1).at(layer(1)).isPlain());
    }

    private static FullSharing strategy(double level) {
        return new FullSharing(new Options() {
            @Override
            public double level() {
                return level;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return Options.class;
            }
        });
    }

    private static SelfAttentionLayer layer(int index) {
        return new SelfAttentionLayer(index, 12, "down1", 2, 1, 2);
    }
}
