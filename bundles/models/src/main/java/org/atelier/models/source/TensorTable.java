package org.atelier.models.source;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.atelier.models.ModelFaults;
import org.atelier.models.safetensors.TensorEntry;
import org.atelier.models.source.WeightSet.Located;

/** The tensors of a component as the headers of its files describe them, and which of them a network requested. */
final class TensorTable {

    private final Path folder;
    private final Map<String, Located> tensors;
    private final Set<String> taken = new HashSet<>();

    TensorTable(Path folder, Map<String, Located> tensors) {
        this.folder = folder;
        this.tensors = tensors;
    }

    Path folder() {
        return folder;
    }

    /**
     * Finds a tensor that a network requests.
     *
     * @throws org.atelier.api.AtelierException MODEL_INVALID if it is missing, of another shape, too large, or of a type that no network
     *     computes with
     */
    Located take(String name, long... shape) {
        Located located = tensors.get(name);
        if (located == null) {
            throw ModelFaults.in(folder, "the tensor " + name + " of shape " + Arrays.toString(shape) + " is missing.");
        }
        TensorEntry entry = located.entry();
        List<Long> expected = Arrays.stream(shape).boxed().toList();
        if (!entry.shape().equals(expected)) {
            throw ModelFaults.in(
                    located.file().path(),
                    "the tensor " + name + " has shape " + entry.shape() + " but the configuration requires " + expected
                            + ".");
        }
        if (entry.type().precision().isEmpty()) {
            throw ModelFaults.in(
                    located.file().path(),
                    "the tensor " + entry.name() + " is stored as " + entry.type()
                            + "; only F32, F16 and BF16 can be weights of a network here.");
        }
        located.file().requireMappable(entry);
        taken.add(name);
        return located;
    }

    /** The shape of every tensor, by name, sorted. */
    Map<String, List<Long>> shapes() {
        Map<String, List<Long>> shapes = new TreeMap<>();
        tensors.forEach((name, located) -> shapes.put(name, located.entry().shape()));
        return shapes;
    }

    /** The names that were never requested. Sorted. */
    Set<String> unread() {
        Set<String> unread = new TreeSet<>(tensors.keySet());
        unread.removeAll(taken);
        return unread;
    }
}
