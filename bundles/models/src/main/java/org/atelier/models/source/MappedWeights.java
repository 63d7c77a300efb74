package org.atelier.models.source;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.atelier.models.ModelFaults;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.safetensors.StoredType;
import org.atelier.models.safetensors.TensorEntry;
import org.atelier.models.source.WeightSet.Located;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** Memory-mapped weights: a tensor in the requested precision uses only the page cache. */
final class MappedWeights implements Weights {

    private static final int KERNEL_RANK = 4;

    private final TensorTable table;
    private final TorchKernels kernels;
    private final Precision precision;
    private final NDManager manager;

    MappedWeights(TensorTable table, TorchKernels kernels, Precision precision, NDManager manager) {
        this.table = table;
        this.kernels = kernels;
        this.precision = precision;
        this.manager = manager;
    }

    @Override
    public NDArray tensor(String name, long... shape) {
        Located located = table.take(name, shape);
        return load(located.file(), located.entry());
    }

    private NDArray load(SafetensorsFile file, TensorEntry entry) {
        Precision stored = entry.type().precision().orElseThrow();
        ByteBuffer bytes = file.map(entry);
        try {
            return load(file, entry, bytes, stored);
        } finally {
            // Keeps the file mapped until all copies are complete.
            Reference.reachabilityFence(bytes);
        }
    }

    private NDArray load(SafetensorsFile file, TensorEntry entry, ByteBuffer bytes, Precision stored) {
        Shape shape =
                new Shape(entry.shape().stream().mapToLong(Long::longValue).toArray());
        NDArray tensor = manager.create(bytes, shape, entry.type().mappedAs());
        if (!file.aligned(entry)) {
            tensor = replace(tensor, tensor.duplicate());
        }
        if (entry.type() == StoredType.BF16) {
            tensor = replace(tensor, kernels.bfloat16Bits(tensor));
        }
        if (!kernels.isFinite(tensor)) {
            throw ModelFaults.in(
                    file.path(), "the tensor " + entry.name() + " holds NaN or infinity; fetch the model again.");
        }
        if (stored != precision) {
            tensor = replace(tensor, kernels.cast(tensor, precision));
            requireInRange(file, entry, tensor);
        } else if (file.aligned(entry)) {
            keep(bytes);
        }
        return shape.dimension() == KERNEL_RANK ? replace(tensor, kernels.channelsLast(tensor)) : tensor;
    }

    /** Of the casts between the precisions only that to float16 loses range. */
    private void requireInRange(SafetensorsFile file, TensorEntry entry, NDArray cast) {
        if (precision == Precision.FLOAT16 && !kernels.isFinite(cast)) {
            throw ModelFaults.in(
                    file.path(),
                    "the tensor %s is stored as %s and exceeds the range of float16; use --dtype float32 or bfloat16."
                            .formatted(entry.name(), entry.type()));
        }
    }

    /** Attaches the mapping to the manager, since views of a tensor do not reference the mapped buffer. */
    private void keep(ByteBuffer mapped) {
        manager.attachInternal(UUID.randomUUID().toString(), new Mapping(mapped));
    }

    private static NDArray replace(NDArray old, NDArray tensor) {
        if (tensor != old) {
            old.close();
        }
        return tensor;
    }

    @Override
    public Set<String> unread() {
        return table.unread();
    }

    @Override
    public Path path() {
        return table.folder();
    }

    /** Keeps a mapping reachable for the lifetime of the manager; the garbage collector unmaps it afterwards. */
    private record Mapping(ByteBuffer bytes) implements AutoCloseable {
        @Override
        public void close() {
            // Nothing to release: the garbage collector unmaps the buffer.
        }
    }
}
