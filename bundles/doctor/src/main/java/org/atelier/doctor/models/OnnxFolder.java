package org.atelier.doctor.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/**
 * The folder of a model of ONNX graphs, which may be in its subfolder {@code onnx/}.
 *
 * @param folder the folder of the model
 */
record OnnxFolder(Path folder) {

    private static final String ENDING = ".onnx";

    /**
     * @param graphs the names of the graphs, without data type and extension; if empty, any graph suffices
     * @throws AtelierException MODEL_INVALID that names the missing graphs
     */
    void require(List<String> graphs) {
        List<String> available = Stream.of(folder, folder.resolve("onnx"))
                .flatMap(OnnxFolder::names)
                .toList();
        if (available.isEmpty()) {
            throw new AtelierException(Code.MODEL_INVALID, folder + " has no ONNX graph, neither itself nor in onnx/.");
        }
        List<String> missing = graphs.stream()
                .filter(graph -> available.stream()
                        .noneMatch(Pattern.compile(
                                        Pattern.quote(graph) + "(_(fp16|int8|uint8|quantized|q4|q4f16|bnb4))?\\.onnx")
                                .asMatchPredicate()))
                .map(graph -> graph + ENDING)
                .toList();
        if (!missing.isEmpty()) {
            throw new AtelierException(Code.MODEL_INVALID, folder + " lacks " + String.join(", ", missing) + ".");
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
