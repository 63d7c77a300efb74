package ${package};

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.atelier.api.blend.WeightedLatents;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.Test;

class ${className}BlendTest {

    private static final float EXACT = 1e-5f;

    /** A quarter of (1, 10) and three quarters of (5, 20). */
    @Test
    void appliesTheContrastToTheWeights() {
        assertArrayEquals(new float[] {3, 15}, blended(0), EXACT);
        assertArrayEquals(new float[] {4, 17.5f}, blended(1), EXACT);
        assertArrayEquals(new float[] {4.6f, 19}, blended(2), EXACT);
    }

    private static float[] blended(double contrast) {
        try (TorchKernels kernels = TorchKernels.load(Device.cpu());
                NDManager manager = kernels.newManager()) {
            NDArray one = manager.create(new float[] {1, 10});
            NDArray other = manager.create(new float[] {5, 20});
            int before = manager.getManagedArrays().size();
            NDArray blended = new ${className}Blend(contrast)
                    .blend(List.of(new WeightedLatents(one, .25), new WeightedLatents(other, .75)))
                    .orElseThrow();
            assertEquals(before + 1, manager.getManagedArrays().size(), "only the result remains");
            return blended.toFloatArray();
        }
    }
}
