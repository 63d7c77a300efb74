package org.atelier.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the graphs of a model lie, as the public exports lay them out. */
final class GraphFiles {

    /** Ends of names by number type, from the most exact to the smallest. */
    private static final List<String> NUMBER_TYPES =
            List.of("", "_fp16", "_int8", "_uint8", "_quantized", "_q4", "_q4f16", "_bnb4");

    private static final String ENDING = ".onnx";

    private final Path folder;

    GraphFiles(Path folder) {
        this.folder = folder;
    }

    Optional<Path> find(String graph) {
        return NUMBER_TYPES.stream()
                .map(type -> graph + type + ENDING)
                .flatMap(file ->
                        List.of(folder.resolve(file), folder.resolve("onnx").resolve(file)).stream())
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The name of the graph, if all graphs here are of one name. */
    Optional<String> sole() {
        Set<String> names = Stream.of(folder, folder.resolve("onnx"))
                .flatMap(GraphFiles::names)
                .map(GraphFiles::withoutNumberType)
                .collect(Collectors.toSet());
        return names.size() == 1 ? names.stream().findFirst() : Optional.empty();
    }

    private static Stream<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw Fault.in(folder, "cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static String withoutNumberType(String file) {
        String name = file.substring(0, file.length() - ENDING.length());
        return NUMBER_TYPES.stream()
                .filter(type -> !type.isEmpty() && name.endsWith(type))
                .findFirst()
                .map(type -> name.substring(0, name.length() - type.length()))
                .orElse(name);
    }

    Path require(String graph) {
        return find(graph)
                .orElseThrow(() -> Fault.in(folder, "has no graph " + graph + ".onnx, neither here nor in onnx/."));
    }
}
