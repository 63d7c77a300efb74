package ai.djl.onnxruntime.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A decoder with one output of logits and others of keys and values. */
class NamedGraphTest {

    private static final Path FILE = Path.of(System.getProperty("atelier.fixtures"), "tiny-t5", "decoder_model.onnx");
    private static final String LOGITS = "logits";

    private final NDManager manager = Engine.getEngine("OnnxRuntime").newBaseManager(Device.cpu());
    private NamedGraph graph;

    @BeforeEach
    void open() throws OrtException {
        try (SessionOptions options = new SessionOptions()) {
            graph = NamedGraph.open(FILE, options);
        }
    }

    @AfterEach
    void close() {
        graph.close();
        manager.close();
    }

    @Test
    void tellsNamesShapesAndTypes() {
        List<String> inputs = graph.describeInput().keys();
        Shape states = graph.describeInput().get("encoder_hidden_states");

        assertEquals(Set.of("encoder_attention_mask", "input_ids", "encoder_hidden_states"), Set.copyOf(inputs));
        assertEquals(3, states.dimension());
        assertEquals(-1, states.get(1));
        assertEquals(DataType.FLOAT32, graph.inputType("encoder_hidden_states"));
        assertEquals(DataType.INT64, graph.inputType("input_ids"));
        assertEquals(LOGITS, graph.describeOutput().keys().get(0));
    }

    @Test
    void computesTheOutputsThatAreWantedAsAllOfThem() {
        Set<String> all = new LinkedHashSet<>(graph.describeOutput().keys());
        NDList everything = graph.run(given(), all);
        NDList logits = graph.run(given(), Set.of(LOGITS));

        assertEquals(all.size(), everything.size());
        assertEquals(1, logits.size());
        assertArrayEquals(
                everything.get(LOGITS).toFloatArray(), logits.get(LOGITS).toFloatArray());
        everything.close();
        logits.close();
    }

    @Test
    void leavesNothingWithAManager() {
        NDList given = given();
        int before = OrtNDManager.getSystemManager().getManagedArrays().size();
        for (Set<String> wanted :
                List.of(Set.of(LOGITS), Set.copyOf(graph.describeOutput().keys()))) {
            try (NDList computed = graph.run(given, wanted)) {
                for (NDArray array : computed) {
                    assertInstanceOf(NDManager.SystemNDManager.class, array.getManager());
                }
                assertEquals(
                        before,
                        OrtNDManager.getSystemManager().getManagedArrays().size());
            }
        }
    }

    @Test
    void saysWhatOnnxRuntimeSaid() {
        NDList given = given();
        given.set(graph.describeInput().keys().indexOf("input_ids"), manager.create(new float[] {1}));

        EngineException fault = assertThrows(EngineException.class, () -> graph.run(given, Set.of(LOGITS)));

        assertInstanceOf(OrtException.class, fault.getCause());
    }

    private NDList given() {
        NDList given = new NDList();
        long width = graph.describeInput().get("encoder_hidden_states").get(2);
        for (String name : graph.describeInput().keys()) {
            given.add(
                    switch (name) {
                        case "input_ids" -> manager.create(new long[] {0, 5, 7}, new Shape(1, 3));
                        case "encoder_attention_mask" -> manager.create(new long[] {1, 1}, new Shape(1, 2));
                        default -> manager.create(states((int) (2 * width)), new Shape(1, 2, width));
                    });
        }
        return given;
    }

    private static float[] states(int count) {
        float[] states = new float[count];
        for (int each = 0; each < count; each++) {
            states[each] = (float) Math.sin(each);
        }
        return states;
    }
}
