package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.atelier.models.safetensors.FloatTensor;

/** Copies latents of the same shape into one tensor on the Java heap, and back, without any rounding. */
public final class StackedLatents {

    private StackedLatents() {}

    /**
     * @param latents each (1, channel, height, width), float32
     * @return (latents, channel, height, width)
     */
    public static FloatTensor of(List<NDArray> latents) {
        try (NDArray stacked = NDArrays.concat(new NDList(latents))) {
            List<Long> shape =
                    Arrays.stream(stacked.getShape().getShape()).boxed().toList();
            return new FloatTensor(shape, FloatBuffer.wrap(stacked.toFloatArray()));
        }
    }

    /** Whether a tensor stacks at least one latent of the given shape. */
    public static boolean fit(NDArray one, FloatTensor stacked) {
        List<Long> own = Arrays.stream(one.getShape().getShape()).boxed().toList();
        List<Long> shape = stacked.shape();
        return shape.size() == own.size()
                && shape.get(0) >= 1
                && shape.subList(1, shape.size()).equals(own.subList(1, own.size()));
    }

    /** @return (1, channel, height, width) each, owned by {@code manager} */
    public static List<NDArray> unstack(FloatTensor stacked, NDManager manager) {
        long[] sides = stacked.shape().stream().mapToLong(Long::longValue).toArray();
        Shape shape = new Shape(1, sides[1], sides[2], sides[3]);
        FloatBuffer values = stacked.values().duplicate();
        List<NDArray> latents = new ArrayList<>();
        for (int i = 0; i < sides[0]; i++) {
            float[] one = new float[(int) shape.size()];
            values.get(one);
            latents.add(manager.create(one, shape));
        }
        return latents;
    }
}
