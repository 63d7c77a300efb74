package org.atelier.diffusion.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.diffusion.pipeline.TinyModel;
import org.atelier.diffusion.unet.UNet;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Weights can be decorated, for example by a LoRA, without the network knowing. */
class DecoratedWeightsTest {

    private static final String ATTENTION = "down_blocks.1.attentions.0.transformer_blocks.0.attn1";
    private static final int CHANNELS = 64;
    private static final int RANK = 2;

    private static TinyModel model;

    @BeforeAll
    static void load() {
        model = new TinyModel();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** Adds up · down to one tensor and delegates all others. */
    private record LowRankWeights(Weights base, String target, NDArray up, NDArray down) implements Weights {

        @Override
        public NDArray tensor(String name, long... shape) {
            NDArray stored = base.tensor(name, shape);
            if (!name.equals(target)) {
                return stored;
            }
            NDArray sum = stored.add(up.matMul(down));
            stored.close();
            return sum;
        }

        @Override
        public Set<String> unread() {
            return base.unread();
        }

        @Override
        public Path path() {
            return base.path();
        }
    }

    private static Weights decorated(NDArray up, NDArray down) {
        return new LowRankWeights(model.weights("unet"), ATTENTION + ".to_q.weight", up, down);
    }

    private static Linear linear(Weights weights, String projection) {
        return Linear.withoutBias(weights.at(ATTENTION).at(projection), CHANNELS, CHANNELS, model.kernels);
    }

    @Test
    void aLowRankDeltaChangesOnlyItsLayer() {
        NDArray up = model.kernels.noise(model.manager, 1, CHANNELS, RANK);
        NDArray down = model.kernels.noise(model.manager, 2, RANK, CHANNELS);
        NDArray input = model.kernels.noise(model.manager, 3, 1, 5, CHANNELS);
        Weights plain = model.weights("unet");
        Weights decorated = decorated(up, down);

        NDArray expected = linear(plain, "to_q")
                .forward(input)
                .add(input.matMul(down.transpose()).matMul(up.transpose()));
        NDArray changed = linear(decorated, "to_q").forward(input);
        assertEquals(
                0,
                TinyModel.distance(expected, changed),
                1e-4 * expected.abs().max().getFloat());
        assertTrue(TinyModel.distance(linear(plain, "to_q").forward(input), changed) > 1, "the delta has no effect");

        assertArrayEquals(
                linear(plain, "to_k").forward(input).toFloatArray(),
                linear(decorated, "to_k").forward(input).toFloatArray());
    }

    @Test
    void aNetworkStillReadsEveryTensor() {
        NDArray up = model.kernels.noise(model.manager, 1, CHANNELS, RANK);
        NDArray down = model.kernels.noise(model.manager, 2, RANK, CHANNELS);
        Weights decorated = decorated(up, down);

        linear(decorated, "to_q");
        AtelierException fault = assertThrows(AtelierException.class, decorated::requireAllRead);
        assertTrue(fault.getMessage().contains("tensors belong to no supported network"), fault.getMessage());
        assertTrue(!decorated.at(ATTENTION).unread().contains("to_q.weight"), "the tensor was read");

        Weights whole = decorated(up, down);
        new UNet(whole, model.configuration.unet(), Precision.FLOAT32, model.kernels);
        assertEquals(Set.of(), whole.unread());
    }
}
