package org.atelier.studio.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of a model of ONNX graphs, which may be in its subfolder {@code onnx/}.
 *
 * @param folder the folder of the model
 */
record OnnxFolder(Path folder) {

    private static final String ENDING = ".onnx";

    /**
     * @param graphs the names of the graphs, without data type and extension; if empty, any graph suffices
     * @return a message for each missing graph, and for each file that has no content
     */
    List<String> faults(List<String> graphs) {
        List<String> faults = new ArrayList<>();
        List<String> available = Stream.of(folder, folder.resolve("onnx"))
                .flatMap(OnnxFolder::names)
                .toList();
        if (available.isEmpty()) {
            faults.add(folder + " has no ONNX graph, neither itself nor in onnx/.");
        } else {
            List<String> missing = graphs.stream()
                    .filter(graph -> available.stream()
                            .noneMatch(Pattern.compile(Pattern.quote(graph)
                                            + "(_(fp16|int8|uint8|quantized|q4|q4f16|bnb4))?\\.onnx")
                                    .asMatchPredicate()))
                    .map(graph -> graph + ENDING)
                    .toList();
            if (!missing.isEmpty()) {
                faults.add(folder + " lacks " + String.join(", ", missing) + ".");
            }
        }
        files().filter(OnnxFolder::isWithoutContent)
                .forEach(file -> faults.add(file + ": the file is missing or empty."));
        return faults;
    }

    /** The files of the model, and links of their names. */
    private Stream<Path> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a link is dangling, or a file that has to have content has none. */
    private static boolean isWithoutContent(Path file) {
        try {
            boolean needed = file.toString().matches(".*\\.(onnx|json|txt|model)");
            return !Files.exists(file) || (needed && Files.size(file) == 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lists the graphs, without dangling links. */
    private static Stream<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
