package org.atelier.onnx.generation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.onnx.Tensor;

/** What a decoder looks at beside the tokens, once for every row. */
final class Memory implements AutoCloseable {

    private final Map<String, Tensor> tensors = new HashMap<>();
    private final List<Tensor> repeated = new ArrayList<>();

    /** @param inputs of the graph; what is none of them is left out */
    Memory(Map<String, Tensor> given, Set<String> inputs, int rows) {
        given.forEach((name, tensor) -> {
            if (inputs.contains(name)) {
                tensors.put(name, rows == 1 ? tensor : repeat(tensor, rows));
            }
        });
    }

    private Tensor repeat(Tensor tensor, int rows) {
        Tensor repeat = tensor.rows(new int[rows]);
        repeated.add(repeat);
        return repeat;
    }

    Map<String, Tensor> tensors() {
        return tensors;
    }

    @Override
    public void close() {
        repeated.forEach(Tensor::close);
    }
}
