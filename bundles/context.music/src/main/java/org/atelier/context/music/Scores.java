package org.atelier.context.music;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How well each label of a set fits, the best first. */
final class Scores {

    /**
     * A label with how well it fits.
     *
     * @param similarity -1 to 1
     * @param score 0 to 1; those of a set sum to 1
     */
    record Scored(LabelSet.Label label, double similarity, double score) {}

    private final LabelSet set;
    private final List<Scored> scored;

    private Scores(LabelSet set, List<Scored> scored) {
        this.set = set;
        this.scored = scored;
    }

    /**
     * Compares what was heard with the labels.
     *
     * @param labels the direction of each label of the set
     * @param logitScale what similarities are multiplied by: the higher, the surer
     */
    static Scores of(LabelSet set, List<Direction> labels, Direction heard, double logitScale) {
        double[] similarities = labels.stream().mapToDouble(heard::similarity).toArray();
        double most = IntStream.range(0, similarities.length)
                .mapToDouble(i -> similarities[i])
                .max()
                .orElseThrow();
        double sum = IntStream.range(0, similarities.length)
                .mapToDouble(i -> Math.exp(logitScale * (similarities[i] - most)))
                .sum();
        return new Scores(
                set,
                IntStream.range(0, similarities.length)
                        .mapToObj(i -> new Scored(
                                set.labels().get(i),
                                similarities[i],
                                Math.exp(logitScale * (similarities[i] - most)) / sum))
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
