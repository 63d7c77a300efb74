package org.atelier.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The inputs of a graph for a text: token ids and attention mask. */
final class TextInputs {

    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";

    private static final List<String> NAMES = List.of(IDS, MASK, "position_ids", "token_type_ids");

    private TextInputs() {}

    /** Adds an empty text if the graph requires the inputs of a text. */
    static void addEmptyText(Graph graph, Map<String, Tensor> given) {
        for (String name : NAMES) {
            if (graph.inputs().contains(name) && !given.containsKey(name)) {
                long[] shape = Arrays.stream(graph.shape(name))
                        .map(side -> Math.max(1, side))
                        .toArray();
                int numbers = (int) Arrays.stream(shape).reduce(1, (one, other) -> one * other);
                given.put(name, Tensor.longs(new long[numbers], shape));
            }
        }
    }
}
