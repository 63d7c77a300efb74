package org.atelier.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GraphTest {

    private static final float[] NUMBERS = {1.5f, -2, 0.25f};

    private final SharedOnnxModels models = ModelsIn.folder(Path.of(System.getProperty("atelier.fixtures"), "graphs"));

    @AfterEach
    void stop() {
        models.stop();
    }

    @Test
    void numbersAreBroughtToHalfPrecisionAndBack() {
        try (OnnxModel model = models.lease("");
                Tensor given = Tensor.floats(NUMBERS, 3);
                Outputs outputs = model.graph("halves").run(Map.of("given", given), List.of("doubled"))) {
            assertArrayEquals(new float[] {3, -4, 0.5f}, outputs.get("doubled").floats());
        }
    }

    @Test
    void anInputThatIsNotGivenIsNamed() {
        try (OnnxModel model = models.lease("")) {
            Graph graph = model.graph("halves");

            AtelierException fault =
                    assertThrows(AtelierException.class, () -> graph.run(Map.of(), List.of("doubled")));

            assertEquals(Code.MODEL_INVALID, fault.code());
            assertEquals(graph.file() + ": cannot be run: the input given is missing.", fault.getMessage());
        }
    }

    @Test
    void anOutputIsTheNextInputUnderAnotherName() {
        try (OnnxModel model = models.lease("");
                Tensor given = Tensor.floats(NUMBERS, 3);
                Outputs once = model.graph("halves").run(Map.of("given", given), List.of("doubled"));
                Outputs twice = model.graph("halves").run(Map.of("given", once.get("doubled")), List.of("doubled"))) {
            assertArrayEquals(new float[] {6, -8, 1}, twice.get("doubled").floats());
        }
    }

    @Test
    void numbersBetweenTwoHalvesAreRoundedToTheEvenOne() {
        try (OnnxModel model = models.lease("");
                Tensor given = Tensor.floats(new float[] {1196.5f, 1197.5f}, 2);
                Outputs outputs = model.graph("halves").run(Map.of("given", given), List.of("doubled"))) {
            assertArrayEquals(new float[] {2392, 2396}, outputs.get("doubled").floats());
        }
    }

    @Test
    void numbersThatDoNotFillTheirShapeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Tensor.floats(NUMBERS, 2));
        assertThrows(IllegalArgumentException.class, () -> Tensor.longs(new long[] {1}, 2, 1));
    }
}
