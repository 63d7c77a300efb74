package org.atelier.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.onnxruntime.engine.NamedGraph;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sound graphs of which ONNX Runtime's optimisers make others that it then refuses. */
class SessionsTest {

    private static final Path GRAPHS = Path.of(System.getProperty("atelier.fixtures"), "graphs");

    private final SharedOnnxModels models = ModelsIn.folder(GRAPHS);

    @AfterEach
    void stop() {
        models.stop();
    }

    /** Numbers as numpy has them: scale 1 to 4, and a shift of a half behind the variance. */
    @ParameterizedTest
    @CsvSource({
        "square-norm,   ALL_OPT,   0.42636266, 1.7054507, 5.116352,  -1.7054507",
        "variance-norm, BASIC_OPT, 0.22269255, 1.0546149, 4.6596117, -5.046149"
    })
    void opensWithFewerOptimisersWhatMoreOfThemBreak(
            String name, OptLevel breaking, float first, float second, float third, float fourth) {
        assertThrows(OrtException.class, () -> open(GRAPHS.resolve(name + ".onnx"), breaking));

        try (OnnxModel model = models.lease("");
                Tensor given = Tensor.floats(new float[] {1, 2, 4, -1}, 4);
                Outputs outputs = model.graph(name).run(Map.of("given", given), List.of("normed"))) {
            assertArrayEquals(
                    new float[] {first, second, third, fourth},
                    outputs.get("normed").floats(),
                    1e-6f);
        }
    }

    private static void open(Path file, OptLevel level) throws OrtException {
        try (SessionOptions options = new SessionOptions()) {
            options.setOptimizationLevel(level);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            NamedGraph.open(file, options).close();
        }
    }
}
