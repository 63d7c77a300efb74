package org.atelier.models.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.atelier.models.ModelFaults;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * Weights with LoRAs added. The sum is computed in float32 from the files and rounded once to the precision of the
 * network; only one layer is in memory at a time.
 */
final class LoraWeights implements Weights {

    private final Weights base;
    private final Weights exact;
    private final Map<String, List<WeightDelta>> deltas;
    private final TorchKernels kernels;
    private final Precision precision;
    private final NDManager manager;
    private final Set<String> merged = new TreeSet<>();

    /**
     * @param base in the precision of the network
     * @param exact the same in float32, in any manager below {@code manager}
     * @param deltas by tensor name
     * @param manager owns every tensor
     */
    LoraWeights(
            Weights base,
            Weights exact,
            Map<String, List<WeightDelta>> deltas,
            TorchKernels kernels,
            Precision precision,
            NDManager manager) {
        this.base = base;
        this.exact = exact;
        this.deltas = deltas;
        this.kernels = kernels;
        this.precision = precision;
        this.manager = manager;
    }

    @Override
    public NDArray tensor(String name, long... shape) {
        List<WeightDelta> added = deltas.get(name);
        if (added == null) {
            return base.tensor(name, shape);
        }
        NDArray stored = exact.tensor(name, shape);
        merged.add(name);
        try (NDManager pass = manager.newSubManager()) {
            stored.attach(pass);
            NDArray sum = stored;
            for (WeightDelta delta : added) {
                sum = sum.add(delta.compute(shape, kernels, pass));
            }
            NDArray rounded = kernels.cast(sum, precision);
            if (!kernels.isFinite(rounded)) {
                throw ModelFaults.in(
                        added.get(0).file().path(),
                        "with this LoRA, the tensor " + name + " exceeds the range of " + precision.label()
                                + "; lower its strength.");
            }
            NDArray result = shape.length == 4 ? kernels.channelsLast(rounded) : rounded;
            result.attach(manager);
            return result;
        }
    }

    @Override
    public Set<String> unread() {
        Set<String> unread = new TreeSet<>(base.unread());
        unread.removeAll(merged);
        return unread;
    }

    @Override
    public Path path() {
        return base.path();
    }
}
