package org.atelier.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the reference computed: the tensors of one file of src-it/reference/fixtures. */
final class ReferenceTensors {

    private final Map<String, NDArray> tensors = new HashMap<>();

    private ReferenceTensors(NDList list) {
        list.forEach(tensor -> tensors.put(tensor.getName(), tensor));
    }

    static ReferenceTensors read(NDManager manager, String name) throws IOException {
        try (InputStream file = Files.newInputStream(folder().resolve(name + ".safetensors"))) {
            return new ReferenceTensors(NDList.decode(manager, file));
        }
    }

    static Path folder() {
        return Path.of(System.getProperty("atelier.fixtures"));
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    NDArray get(String name) {
        NDArray tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("The reference has no " + name);
        }
        return tensor;
    }
}
