package org.atelier.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The inputs of a graph that belong to a text: ids, and which of them count. */
final class TextInputs {

    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";

    private static final List<String> NAMES = List.of(IDS, MASK, "position_ids", "token_type_ids");

    private TextInputs() {}

    /** Adds a blank text where a graph of images and texts takes one. */
    static void blank(Graph graph, Map<String, Tensor> given) {
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
