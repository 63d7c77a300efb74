package org.atelier.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
}
