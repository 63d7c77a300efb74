package org.atelier.diffusion.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The means of the maps of references over steps. */
class PassAttentionMapsTest {

    private static final AttentionLayer LAYER = layer(0, 1);
    private static final AttentionLayer LATER = layer(1, 1);
    private static final AttentionLayer FINER = layer(2, 2);
    private static final int FIRST = 7;
    private static final int SECOND = 8;

    private static TorchKernels kernels;
    private static NDManager memory;

    @BeforeAll
    static void load() {
        kernels = TorchKernels.load(Device.cpu());
        memory = kernels.newManager();
    }

    @AfterAll
    static void close() {
        memory.close();
        kernels.close();
    }

    private static AttentionLayer layer(int index, int height) {
        return new AttentionLayer(Kind.SELF, index, 3, "mid", 1, height, 2);
    }

    private final SetAttentionMaps maps = new SetAttentionMaps((prompt, word) -> List.of(), memory);

    private PassAttentionMaps pass(int... views) {
        List<Integer> rows = Arrays.stream(views).boxed().toList();
        LayerAttentions attentions =
                LayerAttentions.of(layer -> Attention.plain(), List.of(LAYER, LATER, FINER), kernels);
        return maps.forPass(
                attentions, rows, rows, rows.stream().map(row -> "a fish").toList(), memory);
    }

    private static NDArray map(float... values) {
        return memory.create(values, new Shape(1, values.length));
    }

    private static float[] mean(PassAttentionMaps pass, float... values) {
        return pass.meanOf(LAYER, 0, 1, 0, "house", map(values)).toFloatArray();
    }

    @Test
    void theMeanGrowsByAMapAStep() {
        PassAttentionMaps first = pass(FIRST);
        assertArrayEquals(new float[] {0, 1}, mean(first, 0, 1));
        first.store();
        PassAttentionMaps second = pass(FIRST);
        assertArrayEquals(new float[] {.5f, 1.5f}, mean(second, 1, 2));
        second.store();
        assertArrayEquals(new float[] {1, 2}, mean(pass(FIRST), 2, 3));
    }

    @Test
    void layersOfAResolutionHaveOneMeanInAStep() {
        PassAttentionMaps pass = pass(FIRST);
        mean(pass, 0, 1);
        assertArrayEquals(
                new float[] {0, 1},
                pass.meanOf(LATER, 0, 1, 0, "house", map(0, 1)).toFloatArray());
        pass.store();
        assertArrayEquals(new float[] {.5f, .5f}, mean(pass(FIRST), 1, 0));
        assertArrayEquals(
                new float[] {1, 0, 0, 0},
                pass(FIRST).meanOf(FINER, 0, 1, 0, "house", map(1, 0, 0, 0)).toFloatArray());
    }

    @Test
    void aFailedPassDoesNotCount() {
        mean(pass(FIRST), 4, 4);
        assertArrayEquals(new float[] {0, 1}, mean(pass(FIRST), 0, 1));
    }

    @Test
    void eachViewKeepsItsOwnMean() {
        PassAttentionMaps together = pass(FIRST, SECOND);
        together.meanOf(LAYER, 0, 2, 0, "house", map(0, 1));
        together.store();
        PassAttentionMaps alone = pass(SECOND);
        mean(alone, 1, 1);
        alone.store();
        assertArrayEquals(new float[] {.5f, .5f}, mean(pass(FIRST), 1, 0));
        assertArrayEquals(new float[] {2 / 3f, 2 / 3f}, mean(pass(SECOND), 1, 0), 1e-7f);
    }

    @Test
    void eachReferenceAndWordHasAMean() {
        PassAttentionMaps pass = pass(FIRST);
        mean(pass, 0, 1);
        pass.store();
        assertArrayEquals(
                new float[] {1, 0},
                pass(FIRST).meanOf(LAYER, 0, 1, 1, "house", map(1, 0)).toFloatArray());
        assertArrayEquals(
                new float[] {1, 0},
                pass(FIRST).meanOf(LAYER, 0, 1, 0, "fish", map(1, 0)).toFloatArray());
    }

    @Test
    void aRestoredSetContinuesTheMean() {
        PassAttentionMaps pass = pass(FIRST);
        mean(pass, 0, 1);
        pass.store();
        List<ObservedMap> state = maps.state();
        assertEquals(1, state.size());
        assertEquals(new ObservedMap(FIRST, 0, 1, 2, "house", 1, state.get(0).probabilities()), state.get(0));

        SetAttentionMaps restored = new SetAttentionMaps((prompt, word) -> List.of(), memory);
        restored.restore(state);
        LayerAttentions attentions = LayerAttentions.of(layer -> Attention.plain(), List.of(LAYER), kernels);
        PassAttentionMaps next = restored.forPass(attentions, List.of(FIRST), List.of("a fish"), memory);
        assertArrayEquals(new float[] {.5f, .5f}, mean(next, 1, 0));
    }
}
