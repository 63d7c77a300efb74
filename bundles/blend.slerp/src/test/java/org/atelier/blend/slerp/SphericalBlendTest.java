package org.atelier.blend.slerp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.atelier.api.blend.WeightedLatents;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SphericalBlendTest {

    private static TorchKernels kernels;

    private final SphericalBlend blend = new SphericalBlend();
    private final NDManager manager = kernels.newManager();

    @BeforeAll
    static void load() {
        kernels = TorchKernels.load(Device.cpu());
    }

    @AfterAll
    static void close() {
        kernels.close();
    }

    @AfterEach
    void free() {
        manager.close();
    }

    /** A right angle between vectors of lengths 2 and 4: a third of the way is 30 degrees, at length 2 2/3. */
    @Test
    void ofTwoItIsTheirSphericalInterpolation() {
        NDArray blended =
                blended(List.of(new WeightedLatents(row(2, 0), 2. / 3), new WeightedLatents(row(0, 4), 1. / 3)));
        float length = 8f / 3;
        assertArrayEquals(
                new float[] {length * (float) Math.cos(Math.PI / 6), length / 2}, blended.toFloatArray(), 1e-6f);
    }

    @Test
    void equalWeightsWeighEqually() {
        NDArray blended = blended(List.of(
                new WeightedLatents(row(0, 0, 2), 1. / 3),
                new WeightedLatents(row(2, 0, 0), 1. / 3),
                new WeightedLatents(row(0, 2, 0), 1. / 3)));
        float each = (float) (2 / Math.sqrt(3));
        assertArrayEquals(new float[] {each, each, each}, blended.toFloatArray(), 1e-6f);
    }

    @Test
    void equalReferencesBlendIntoThemselves() {
        NDArray latents = row(3, -4, 12);
        assertArrayEquals(
                new float[] {3, -4, 12},
                blended(List.of(
                                new WeightedLatents(latents, .2),
                                new WeightedLatents(latents, .3),
                                new WeightedLatents(latents, .5)))
                        .toFloatArray(),
                1e-5f);
    }

    @Test
    void oppositeReferencesBlendIntoSomethingFinite() {
        NDArray there = row(3, 4);
        NDArray back = row(-6, -8);
        // Half and half they cancel out, and their weighted sum remains; else the heavier one's direction does.
        assertArrayEquals(
                new float[] {-1.5f, -2},
                blended(List.of(new WeightedLatents(there, .5), new WeightedLatents(back, .5)))
                        .toFloatArray(),
                1e-5f);
        assertArrayEquals(
                new float[] {-5.4f, -7.2f},
                blended(List.of(new WeightedLatents(there, .2), new WeightedLatents(back, .8)))
                        .toFloatArray(),
                1e-5f);
    }

    @Test
    void aReferenceOfNothingHasNoDirection() {
        NDArray latents = row(3, 4);
        NDArray nothing = row(0, 0);
        assertArrayEquals(
                new float[] {1.5f, 2},
                blended(List.of(new WeightedLatents(latents, .5), new WeightedLatents(nothing, .5)))
                        .toFloatArray(),
                1e-5f);
        assertArrayEquals(
                new float[] {0, 0},
                blended(List.of(new WeightedLatents(nothing, .5), new WeightedLatents(nothing, .5)))
                        .toFloatArray());
    }

    /** Rows that the published formula divides by zero for. */
    @ParameterizedTest
    @CsvSource({
        "3,  4,  3,  4,  2.25, 3", // one image twice: 3/4 of it, as the formula's limit
        "3,  4,  6,  8,  3.75, 5",
        "3,  4, -3, -4, -0.75, -1",
        "3,  4,  0,  0,  0.75, 1",
        "0,  0,  3,  4,  1.5,  2",
        "0,  0,  0,  0,  0,    0"
    })
    void theReferenceBlendsRowsWithoutAnArcLinearly(float a, float b, float c, float d, float x, float y) {
        NDArray blended = new ReferenceSphericalBlend()
                .blend(List.of(new WeightedLatents(row(a, b), .5), new WeightedLatents(row(c, d), .5)))
                .orElseThrow();
        assertArrayEquals(new float[] {x, y}, blended.toFloatArray(), 1e-6f);
    }

    /** Half a right angle from (1, 0) towards (0, 1), and a parallel row beside it. */
    @Test
    void theReferenceBlendsEachRowByItself() {
        NDArray first = manager.create(new float[] {2, 0, 1, 1}).reshape(1, 1, 2, 2);
        NDArray second = manager.create(new float[] {0, 1, 1, 1}).reshape(1, 1, 2, 2);
        NDArray blended = new ReferenceSphericalBlend()
                .blend(List.of(new WeightedLatents(first, .5), new WeightedLatents(second, .5)))
                .orElseThrow();
        float half = (float) Math.sqrt(.5);
        assertArrayEquals(new float[] {half, half, .75f, .75f}, blended.toFloatArray(), 1e-6f);
    }

    @Test
    void leavesOnlyTheBlendInTheManagerOfTheFirst() {
        List<WeightedLatents> references =
                List.of(new WeightedLatents(row(1, 2), .4), new WeightedLatents(row(2, -2), .6));
        int before = manager.getManagedArrays().size();
        for (NDArray blended : List.of(
                blend.blend(references).orElseThrow(),
                new ReferenceSphericalBlend().blend(references).orElseThrow())) {
            assertSame(manager, blended.getManager());
        }
        assertEquals(before + 2, manager.getManagedArrays().size());
    }

    private NDArray blended(List<WeightedLatents> references) {
        return blend.blend(references).orElseThrow();
    }

    private NDArray row(float... values) {
        return manager.create(values).reshape(1, 1, 1, values.length);
    }
}
