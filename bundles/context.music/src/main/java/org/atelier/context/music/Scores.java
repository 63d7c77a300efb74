package org.atelier.context.music;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.onnx.Embedding;

/** The scores of the labels of a set, the best first. */
final class Scores {

    /**
     * A label and its score.
     *
     * @param similarity -1 to 1
     * @param score 0 to 1; the scores of a set sum to 1
     */
    record Scored(LabelSet.Label label, double similarity, double score) {}

    private final LabelSet set;
    private final List<Scored> scored;

    private Scores(LabelSet set, List<Scored> scored) {
        this.set = set;
        this.scored = scored;
    }

    /**
     * Computes the softmax of the similarities between an audio embedding and the labels.
     *
     * @param labels the embedding of each label of the set
     * @param logitScale the factor of similarities before softmax
     */
    static Scores of(LabelSet set, List<Embedding> labels, Embedding embedding, double logitScale) {
        double[] similarities = labels.stream().mapToDouble(embedding::cosine).toArray();
        double maximum = IntStream.range(0, similarities.length)
                .mapToDouble(i -> similarities[i])
                .max()
                .orElseThrow();
        double sum = IntStream.range(0, similarities.length)
                .mapToDouble(i -> Math.exp(logitScale * (similarities[i] - maximum)))
                .sum();
        return new Scores(
                set,
                IntStream.range(0, similarities.length)
                        .mapToObj(i -> new Scored(
                                set.labels().get(i),
                                similarities[i],
                                Math.exp(logitScale * (similarities[i] - maximum)) / sum))
                        .sorted(Comparator.comparing(Scored::score).reversed())
                        .toList());
    }

    String name() {
        return set.name();
    }

    List<Scored> all() {
        return scored;
    }

    Scored best() {
        return scored.get(0);
    }
}
