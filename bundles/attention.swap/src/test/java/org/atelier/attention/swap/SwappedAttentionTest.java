package org.atelier.attention.swap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.attention.GuidanceHalf;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.ObservedMaps;
import org.atelier.api.attention.Reference;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.Test;

class SwappedAttentionTest {

    private static final float EXACT = 1e-5f;

    /** SDXL's blocks at 1024 x 1024, one layer of each in registration order. */
    private static final List<AttentionLayer> SDXL = List.of(
            layer(0, "down1", 64),
            layer(1, "down2", 32),
            layer(2, "up0", 32),
            layer(3, "up1", 64),
            layer(4, "mid", 32));

    private static AttentionLayer layer(int index, String block, int height) {
        return new AttentionLayer(Kind.SELF, index, 5, block, 10, height, height);
    }

    private static List<String> swapped(SwappedAttention swap) {
        List<String> blocks = new ArrayList<>();
        for (AttentionLayer layer : SDXL) {
            AttentionLayer cross =
                    new AttentionLayer(Kind.CROSS, layer.index(), 5, layer.block(), 10, layer.height(), layer.width());
            if (!swap.at(layer).isPlain()) {
                blocks.add(layer.block());
            }
            assertTrue(swap.at(cross).isPlain(), "cross-attention stays as it is");
        }
        return blocks;
    }

    @Test
    void swapsInTheLastBlocksOfTheWayUp() {
        SwappedAttention swap = new SwappedAttention(List.of());
        assertEquals(List.of("up1"), swapped(swap), "as the paper does in SDXL");
        assertEquals(List.of("up1"), swapped(swap), "for a second size");
        assertFalse(swap.sharesGroupNorm());
        assertEquals(Coupling.REFERENCES, swap.coupling());
    }

    @Test
    void anotherSizeHasOtherLargestMaps() {
        SwappedAttention swap = new SwappedAttention(List.of());
        swap.at(layer(0, "down1", 96));
        assertTrue(swap.at(layer(3, "up1", 64)).isPlain());
        assertEquals(List.of("up1"), swapped(swap));
    }

    @Test
    void swapsInTheBlocksThatAreNamed() {
        assertEquals(List.of("up0", "mid"), swapped(new SwappedAttention(List.of("mid", " UP0"))));
    }

    @Test
    void refusesWhatTheNetworkLacks() {
        AtelierException fault =
                assertThrows(AtelierException.class, () -> swapped(new SwappedAttention(List.of("up1", "up2"))));
        assertEquals(
                "The model has no self-attention block 'up2'; available: down1, down2, up0, up1, mid.",
                fault.getMessage());
        assertEquals(AtelierException.Code.INVALID_REQUEST, fault.code());
    }

    /** All scores are equal, so what is seen is the mean of the values by weight: 2 and 6, and nothing of the own 100. */
    @Test
    void seesTheReferencesOnly() {
        assertArrayEquals(new float[] {5}, seen(true), EXACT);
    }

    @Test
    void seesItselfWithoutAReference() {
        assertArrayEquals(new float[] {100}, seen(false), EXACT);
    }

    private static float[] seen(boolean hasReferences) {
        try (TorchKernels kernels = TorchKernels.load(Device.cpu());
                NDManager manager = kernels.newManager()) {
            SwappedAttention swap = new SwappedAttention(List.of("up1"));
            List<Reference> references =
                    List.of(Reference.style(heads(manager, 2), .25), Reference.style(heads(manager, 6), .75));
            return swap.at(SDXL.get(3))
                    .attend(new AttentionCall(
                            SDXL.get(3),
                            heads(manager, 100),
                            hasReferences ? references : List.of(),
                            new DenoisingStep(0, 1, 981, 14),
                            List.of(1),
                            GuidanceHalf.CONDITIONAL,
                            kernels,
                            ObservedMaps.none()))
                    .toFloatArray();
        }
    }

    /** One token of one channel: (image, head, token, channel). */
    private static Heads heads(NDManager manager, float value) {
        NDArray one = manager.create(new float[] {1}, new Shape(1, 1, 1, 1));
        return new Heads(one, one, manager.create(new float[] {value}, new Shape(1, 1, 1, 1)));
    }
}
