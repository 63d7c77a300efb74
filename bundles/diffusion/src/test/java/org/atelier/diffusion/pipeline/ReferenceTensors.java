package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The reference tensors in one file of src-it/reference/fixtures. */
public final class ReferenceTensors {

    private final Map<String, NDArray> tensors = new HashMap<>();

    private ReferenceTensors(NDList list) {
        list.forEach(tensor -> tensors.put(tensor.getName(), tensor));
    }

    public static ReferenceTensors read(NDManager manager, String name) throws IOException {
        try (InputStream file = Files.newInputStream(folder().resolve(name + ".safetensors"))) {
            return new ReferenceTensors(NDList.decode(manager, file));
        }
    }

    public static Path folder() {
        return Path.of(System.getProperty("atelier.fixtures"));
    }

    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** The names of all tensors. */
    public Set<String> names() {
        return tensors.keySet();
    }

    public NDArray get(String name) {
        NDArray tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("The fixture has no tensor " + name);
        }
        return tensor;
    }
}
