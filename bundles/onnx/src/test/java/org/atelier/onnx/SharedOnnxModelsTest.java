package org.atelier.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedOnnxModelsTest {

    private static final Path TINY = Path.of("../../src-it/reference/fixtures/tiny-t5");
    private static final String ENCODER = "encoder_model";

    @TempDir
    private Path root;

    private final SharedOnnxModels models = ModelsIn.folder(Path.of("../../src-it/reference/fixtures"));

    @Test
    void leasesShareWhatIsLoaded() {
        try (OnnxModel one = models.lease("tiny-t5");
                OnnxModel other = models.lease("tiny-t5")) {
            assertSame(one.graph(ENCODER), other.graph(ENCODER));
        }
    }

    @Test
    void refusesToRunWhatWasWithdrawn() {
        OnnxModel model = models.lease("tiny-t5");
        Graph graph = model.graph(ENCODER);
        models.stop();

        AtelierException fault = assertThrows(AtelierException.class, () -> graph.run(Map.of(), List.of()));

        assertEquals(Code.PLUGIN_WITHDRAWN, fault.code());
        assertEquals(
                Code.PLUGIN_WITHDRAWN,
                assertThrows(AtelierException.class, () -> models.lease("tiny-t5"))
                        .code());
        model.close();
    }

    @Test
    void takesTheMostExactOfTheFormsOfAGraph() throws IOException {
        Path folder = Files.createDirectories(root.resolve("model/onnx"));
        Files.copy(TINY.resolve("encoder_model.onnx"), folder.resolve("encoder_model_quantized.onnx"));
        Files.copy(TINY.resolve("encoder_model.onnx"), folder.resolve("encoder_model_fp16.onnx"));
        try (OnnxModel model = ModelsIn.folder(root).lease("model")) {
            assertEquals(
                    folder.resolve("encoder_model_fp16.onnx"),
                    model.graph(ENCODER).file());
        }
    }

    @Test
    void saysInOneLineWhatIsNoGraph() throws IOException {
        Path folder = Files.createDirectories(root.resolve("model"));
        byte[] whole = Files.readAllBytes(TINY.resolve("encoder_model.onnx"));
        Files.writeString(folder.resolve("text.onnx"), "not a graph");
        Files.write(folder.resolve("half.onnx"), Arrays.copyOf(whole, whole.length / 2));
        Files.write(folder.resolve("empty.onnx"), new byte[0]);
        try (OnnxModel model = ModelsIn.folder(root).lease("model")) {
            for (String graph : List.of("text", "half", "empty", "missing")) {
                AtelierException fault = assertThrows(AtelierException.class, () -> model.graph(graph));

                assertEquals(Code.MODEL_INVALID, fault.code());
                assertTrue(fault.getMessage().contains(graph), fault.getMessage());
                assertEquals(1, fault.getMessage().lines().count());
                assertEquals(2, fault.getMessage().split(Pattern.quote(root.toString()), -1).length);
            }
        }
    }

    @Test
    void namesTheFileOnceAndByTheShortestWay() throws IOException {
        Path file = Files.createDirectories(root.resolve("model")).resolve("text.onnx");
        Files.writeString(file, "not a graph");
        Path detour = root.resolve("model").resolve("..");
        try (OnnxModel model = ModelsIn.folder(detour).lease("model")) {
            assertEquals(
                    file + ": is no ONNX graph that can be run: Protobuf parsing failed.",
                    assertThrows(AtelierException.class, () -> model.graph("text"))
                            .getMessage());
        }
    }

    @Test
    void saysInOneLineWhatAGraphCannotTake() {
        try (OnnxModel model = models.lease("tiny-t5");
                Tensor ids = Tensor.floats(new float[] {1, 2}, 1, 2)) {
            Graph graph = model.graph(ENCODER);

            AtelierException fault = assertThrows(
                    AtelierException.class, () -> graph.run(Map.of("input_ids", ids), List.of("last_hidden_state")));

            assertEquals(Code.MODEL_INVALID, fault.code());
            assertEquals(1, fault.getMessage().lines().count());
            AtelierException lacking =
                    assertThrows(AtelierException.class, () -> graph.require(List.of("pixel_values"), List.of()));
            assertTrue(lacking.getMessage().contains("takes no pixel_values"), lacking.getMessage());
        }
    }
}
