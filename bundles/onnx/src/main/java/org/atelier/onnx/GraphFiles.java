package org.atelier.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the graphs of a model lie, as the public exports lay them out. */
final class GraphFiles {

    /** Ends of names by number type, from the most exact to the smallest. */
    private static final List<String> NUMBER_TYPES =
            List.of("", "_fp16", "_int8", "_uint8", "_quantized", "_q4", "_q4f16", "_bnb4");

    private final Path folder;

    GraphFiles(Path folder) {
        this.folder = folder;
    }

    Optional<Path> find(String graph) {
        return NUMBER_TYPES.stream()
                .map(type -> graph + type + ".onnx")
                .flatMap(file ->
                        List.of(folder.resolve(file), folder.resolve("onnx").resolve(file)).stream())
                .filter(Files::isRegularFile)
                .findFirst();
    }

    Path require(String graph) {
        return find(graph)
                .orElseThrow(() -> Fault.in(folder, "has no graph " + graph + ".onnx, neither here nor in onnx/."));
    }
}
