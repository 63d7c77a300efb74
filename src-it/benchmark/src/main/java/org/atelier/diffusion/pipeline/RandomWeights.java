package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * Random weights in any precision, created on demand, so that only one tensor at a time exists in float32. They
 * preserve the variance of activations, so that a deep network stays finite.
 */
final class RandomWeights implements Weights {

    private static final int KERNEL_RANK = 4;

    private final Precision precision;
    private final NDManager manager;
    private final TorchKernels kernels;
    private long numbers;
    private int tensors;

    RandomWeights(Precision precision, NDManager manager, TorchKernels kernels) {
        this.precision = precision;
        this.manager = manager;
        this.kernels = kernels;
    }

    @Override
    public NDArray tensor(String name, long... shape) {
        numbers += Arrays.stream(shape).reduce(1, Math::multiplyExact);
        tensors++;
        try (NDManager temporary = manager.newSubManager()) {
            NDArray tensor = kernels.cast(numbers(temporary, name, shape), precision);
            if (shape.length == KERNEL_RANK) {
                tensor = kernels.channelsLast(tensor);
            }
            tensor.attach(manager);
            return tensor;
        }
    }

    private NDArray numbers(NDManager temporary, String name, long... shape) {
        if (shape.length == 1) {
            return name.endsWith("bias") ? temporary.zeros(new Shape(shape)) : temporary.ones(new Shape(shape));
        }
        long inputs = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
        return kernels.noise(temporary, tensors, shape).mul(1 / Math.sqrt((double) inputs));
    }

    /** The number of tensors read. */
    int tensors() {
        return tensors;
    }

    /** The number of parameters read. */
    long numbers() {
        return numbers;
    }

    @Override
    public Set<String> unread() {
        return Set.of();
    }

    @Override
    public Path path() {
        return Path.of("random");
    }
}
