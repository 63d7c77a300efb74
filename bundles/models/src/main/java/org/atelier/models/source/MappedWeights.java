package org.atelier.models.source;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

    private final Path folder;
    private final Map<String, Located> tensors;
    private final TorchKernels kernels;
    private final Precision precision;
    private final NDManager manager;
    private final Set<String> taken = new HashSet<>();

    MappedWeights(
            Path folder, Map<String, Located> tensors, TorchKernels kernels, Precision precision, NDManager manager) {
        this.folder = folder;
        this.tensors = tensors;
        this.kernels = kernels;
        this.precision = precision;
        this.manager = manager;
    }

    @Override
    public NDArray tensor(String name, long... shape) {
        Located located = tensors.get(name);
        if (located == null) {
            throw ModelFaults.in(folder, "the tensor " + name + " of shape " + Arrays.toString(shape) + " is missing.");
        }
        List<Long> expected = Arrays.stream(shape).boxed().toList();
        if (!located.entry().shape().equals(expected)) {
            throw ModelFaults.in(
                    located.file().path(),
                    "the tensor " + name + " has shape " + located.entry().shape() + " but the configuration requires "
                            + expected + ".");
        }
        taken.add(name);
        return load(located.file(), located.entry());
    }

    private NDArray load(SafetensorsFile file, TensorEntry entry) {
        StoredType type = entry.type();
        Precision stored = type.precision()
                .orElseThrow(() -> ModelFaults.in(
                        file.path(),
                        "the tensor " + entry.name() + " is stored as " + type
                                + "; only F32, F16 and BF16 can be weights of a network here."));
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
        if (stored != precision) {
            tensor = replace(tensor, kernels.cast(tensor, precision));
        } else if (file.aligned(entry)) {
            keep(bytes);
        }
        return shape.dimension() == KERNEL_RANK ? replace(tensor, kernels.channelsLast(tensor)) : tensor;
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
        Set<String> unread = new TreeSet<>(tensors.keySet());
        unread.removeAll(taken);
        return unread;
    }

    @Override
    public Path path() {
        return folder;
    }

    /** Keeps a mapping reachable for the lifetime of the manager; the garbage collector unmaps it afterwards. */
    private record Mapping(ByteBuffer bytes) implements AutoCloseable {
        @Override
        public void close() {
            // Nothing to release: the garbage collector unmaps the buffer.
        }
    }
}
