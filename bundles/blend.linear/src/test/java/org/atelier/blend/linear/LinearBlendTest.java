package org.atelier.blend.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.atelier.api.blend.WeightedLatents;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.Test;

class LinearBlendTest {

    @Test
    void sumsByWeightAndLeavesOnlyTheSumInTheManagerOfTheFirst() {
        try (TorchKernels kernels = TorchKernels.load(Device.cpu());
                NDManager manager = kernels.newManager()) {
            NDArray first = manager.create(new float[] {1, 2});
            NDArray second = manager.create(new float[] {5, 6});
            int before = manager.getManagedArrays().size();

            NDArray blended = new LinearBlend()
                    .blend(List.of(new WeightedLatents(first, .25), new WeightedLatents(second, .75)))
                    .orElseThrow();

            assertArrayEquals(new float[] {4, 5}, blended.toFloatArray());
            assertArrayEquals(new float[] {1, 2}, first.toFloatArray());
            assertSame(manager, blended.getManager());
            assertEquals(before + 1, manager.getManagedArrays().size());
        }
    }
}
