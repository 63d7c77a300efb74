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
 * A model of ONNX graphs, in its folder or in {@code onnx/} in it.
 *
 * @param folder of the model
 */
record OnnxFolder(Path folder) {

    private static final String ENDING = ".onnx";

    /**
     * @param graphs without number type and ending; where there are none, any graph will do
     * @throws AtelierException MODEL_INVALID naming those that are missing
     */
    void require(List<String> graphs) {
        List<String> here = Stream.of(folder, folder.resolve("onnx"))
                .flatMap(OnnxFolder::names)
                .toList();
        if (here.isEmpty()) {
            throw new AtelierException(Code.MODEL_INVALID, folder + " has no ONNX graph, neither itself nor in onnx/.");
        }
        List<String> missing = graphs.stream()
                .filter(graph -> here.stream()
                        .noneMatch(Pattern.compile(
                                        Pattern.quote(graph) + "(_(fp16|int8|uint8|quantized|q4|q4f16|bnb4))?\\.onnx")
                                .asMatchPredicate()))
                .map(graph -> graph + ENDING)
                .toList();
        if (!missing.isEmpty()) {
            throw new AtelierException(Code.MODEL_INVALID, folder + " lacks " + String.join(", ", missing) + ".");
        }
    }

    /** A link that leads nowhere is no file. */
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
