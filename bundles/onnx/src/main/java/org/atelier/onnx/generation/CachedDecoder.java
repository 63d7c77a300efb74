package org.atelier.onnx.generation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.atelier.onnx.Graph;
import org.atelier.onnx.Outputs;
import org.atelier.onnx.Tensor;

/**
 * A decoder with a cache of keys and values: one graph for the first step and one for later steps, or both
 * merged into one with a flag.
 */
final class CachedDecoder implements TextDecoder {

    private final Graph first;
    private final Graph later;

    /**
     * @param first takes the prompt
     * @param later takes a token and the keys and values before it; {@code first} itself if they are merged
     */
    CachedDecoder(Graph first, Graph later) {
        this.first = first;
        this.later = later;
        first.require(List.of(Names.TOKENS), presents(pasts(later)));
        first.require(List.of(), List.of(Names.LOGITS));
        later.require(
                List.of(Names.TOKENS),
                presents(pasts(later).stream().filter(CachedDecoder::grows).toList()));
    }

    /** Whether the graph has inputs for cached keys and values. */
    static boolean isCached(Graph graph) {
        return !pasts(graph).isEmpty();
    }

    private static List<String> pasts(Graph graph) {
        return graph.inputs().stream()
                .filter(name -> name.startsWith(Names.PAST))
                .toList();
    }

    private static List<String> presents(List<String> pasts) {
        return pasts.stream().map(CachedDecoder::present).toList();
    }

    private static String present(String past) {
        return Names.PRESENT + past.substring(Names.PAST.length());
    }

    /** The cache of the tokens grows at each step; that of the encoder is constant after the first. */
    private static boolean grows(String past) {
        return !past.contains(Names.OF_ENCODER);
    }

    @Override
    public Pass begin(Map<String, Tensor> memory, int rows) {
        return new CachedPass(memory, rows);
    }

    private final class CachedPass implements Pass {
        private final Memory ofFirst;
        private final Memory ofLater;
        private final Map<String, Tensor> kept = new HashMap<>();
        private int read;

        CachedPass(Map<String, Tensor> memory, int rows) {
            ofFirst = new Memory(memory, first.inputs(), rows);
            ofLater = first.equals(later) ? ofFirst : new Memory(memory, later.inputs(), rows);
        }

        @Override
        public float[][] next(long[][] texts, int[] continued) {
            boolean begins = read == 0;
            if (!begins) {
                reorder(continued);
            }
            Graph graph = begins ? first : later;
            List<Tensor> made = new ArrayList<>();
            try {
                Map<String, Tensor> given = new HashMap<>((begins ? ofFirst : ofLater).tensors());
                given.put(Names.TOKENS, Tokens.tensor(texts, read));
                made.add(given.get(Names.TOKENS));
                made.addAll(switches(graph, given, texts[0].length, begins));
                made.addAll(before(graph, given, texts.length, begins));
                List<String> grown = presents(CachedDecoder.pasts(later).stream()
                        .filter(past -> begins || grows(past))
                        .toList());
                List<String> wanted = new ArrayList<>(grown);
                wanted.add(Names.LOGITS);
                try (Outputs outputs = graph.run(given, wanted)) {
                    grown.forEach(name -> keep(name, outputs.take(name)));
                    read = texts[0].length;
                    return outputs.get(Names.LOGITS).lastOfEachRow();
                }
            } finally {
                made.forEach(Tensor::close);
            }
        }

        /** The inputs that give the position in the text. */
        private List<Tensor> switches(Graph graph, Map<String, Tensor> given, int length, boolean begins) {
            List<Tensor> made = new ArrayList<>();
            if (graph.inputs().contains(Names.CACHED)) {
                made.add(Tensor.flag(!begins));
                given.put(Names.CACHED, made.get(made.size() - 1));
            }
            if (graph.inputs().contains(Names.POSITION)) {
                made.add(Tensor.longs(
                        IntStream.range(read, length).asLongStream().toArray(), length - read));
                given.put(Names.POSITION, made.get(made.size() - 1));
            }
            return made;
        }

        /** The keys and values so far; a merged graph requires empty ones at the first step. */
        private List<Tensor> before(Graph graph, Map<String, Tensor> given, int rows, boolean begins) {
            if (!begins) {
                CachedDecoder.pasts(graph).forEach(past -> given.put(past, kept.get(present(past))));
                return List.of();
            }
            List<Tensor> made = new ArrayList<>();
            for (String past : CachedDecoder.pasts(graph)) {
                long[] shape = graph.shape(past);
                Tensor empty = Tensor.floats(new float[0], rows, shape[1], 0, shape[3]);
                made.add(empty);
                given.put(past, empty);
            }
            return made;
        }

        private void reorder(int[] continued) {
            if (isAsItWas(continued)) {
                return;
            }
            // The cache of the encoder is the same for every row.
            kept.entrySet().stream().filter(entry -> grows(entry.getKey())).forEach(entry -> {
                try (Tensor before = entry.getValue()) {
                    entry.setValue(before.rows(continued));
                }
            });
        }

        private static boolean isAsItWas(int[] continued) {
            return IntStream.range(0, continued.length).allMatch(row -> continued[row] == row);
        }

        private void keep(String name, Tensor tensor) {
            Tensor before = kept.put(name, tensor);
            if (before != null) {
                before.close();
            }
        }

        @Override
        public void close() {
            kept.values().forEach(Tensor::close);
            ofFirst.close();
            if (ofLater != ofFirst) {
                ofLater.close();
            }
        }
    }
}
