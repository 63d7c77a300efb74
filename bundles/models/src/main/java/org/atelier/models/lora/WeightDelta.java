package org.atelier.models.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.safetensors.StoredType;
import org.atelier.models.safetensors.TensorEntry;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * What a LoRA adds to one weight: strength · alpha / rank · up · down. Hu et al. 2021, section 4.1.
 *
 * @param file of the factors
 * @param strength of the LoRA in this network
 */
record WeightDelta(SafetensorsFile file, LoraAdapter adapter, double strength) {

    /**
     * Computes the delta in float32.
     *
     * @param shape of the weight: (out, in), or (out, in, height, width) of a convolution
     * @param pass owns the result and everything before it
     */
    NDArray compute(long[] shape, TorchKernels kernels, NDManager pass) {
        NDArray up = matrix(read(adapter.up(), kernels, pass));
        NDArray down = matrix(read(adapter.down(), kernels, pass));
        NDArray in = adapter.mid()
                .map(core -> convolved(read(core, kernels, pass), down))
                .orElse(down);
        return up.matMul(in).mul((float) (strength * adapter.scale())).reshape(shape);
    }

    /** (rows, …) as (rows, columns). */
    private static NDArray matrix(NDArray x) {
        return x.reshape(x.getShape().get(0), -1);
    }

    /**
     * The CP decomposition of LyCORIS: the sum over b of mid[a, b, h, w] · down[b, i].
     *
     * @param mid (a, b, h, w)
     * @param down (b, i)
     * @return (a, i · h · w)
     */
    private static NDArray convolved(NDArray mid, NDArray down) {
        Shape core = mid.getShape();
        NDArray product = mid.transpose(0, 2, 3, 1)
                .reshape(-1, core.get(1))
                .matMul(down)
                .reshape(core.get(0), core.get(2), core.get(3), down.getShape().get(1));
        return matrix(product.transpose(0, 3, 1, 2));
    }

    private NDArray read(TensorEntry entry, TorchKernels kernels, NDManager pass) {
        ByteBuffer bytes = file.map(entry);
        try {
            List<Long> sides = entry.shape();
            Shape shape = new Shape(sides.stream().mapToLong(Long::longValue).toArray());
            NDArray stored = pass.create(bytes, shape, entry.type().mappedAs()).duplicate();
            NDArray typed = entry.type() == StoredType.BF16 ? kernels.bfloat16Bits(stored) : stored;
            return kernels.cast(typed, Precision.FLOAT32);
        } finally {
            // Keeps the file mapped until the copy is complete.
            Reference.reachabilityFence(bytes);
        }
    }
}
