package org.atelier.onnx.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.onnx.Graph;
import org.atelier.onnx.Outputs;
import org.atelier.onnx.Tensor;

/** A decoder without a cache: it reads the whole texts at every step. */
final class WholeDecoder implements TextDecoder {

    private final Graph graph;

    WholeDecoder(Graph graph) {
        this.graph = graph;
        graph.require(List.of(Names.TOKENS), List.of(Names.LOGITS));
    }

    @Override
    public Pass begin(Map<String, Tensor> memory, int rows) {
        return new WholePass(new Memory(memory, graph.inputs(), rows));
    }

    private final class WholePass implements Pass {
        private final Memory memory;

        WholePass(Memory memory) {
            this.memory = memory;
        }

        @Override
        public float[][] next(long[][] texts, int[] continued) {
            List<Tensor> made = new ArrayList<>();
            Map<String, Tensor> given = new HashMap<>(memory.tensors());
            given.put(Names.TOKENS, keep(made, Tokens.tensor(texts, 0)));
            if (graph.inputs().contains(Names.MASK)) {
                long[] all = new long[texts.length * texts[0].length];
                Arrays.fill(all, 1);
                given.put(Names.MASK, keep(made, Tensor.longs(all, texts.length, texts[0].length)));
            }
            try (Outputs outputs = graph.run(given, List.of(Names.LOGITS))) {
                return outputs.get(Names.LOGITS).lastOfEachRow();
            } finally {
                made.forEach(Tensor::close);
            }
        }

        private static Tensor keep(List<Tensor> made, Tensor tensor) {
            made.add(tensor);
            return tensor;
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
