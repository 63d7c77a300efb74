package org.atelier.onnx;

import java.util.Map;

/** What a graph gave, by name; closing it frees whatever was not {@link #take taken}. */
public final class Outputs implements AutoCloseable {

    private final Map<String, Tensor> tensors;

    Outputs(Map<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    /** An output, which stays with these. */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(name + " was not asked for, or is taken already");
        }
        return tensor;
    }

    /** An output, from now on the caller's to close. */
    public Tensor take(String name) {
        Tensor tensor = get(name);
        tensors.remove(name);
        return tensor;
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
    }
}
