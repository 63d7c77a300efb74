package org.atelier.api.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A value that a metric measured of a set.
 *
 * @param name unique among the metric's measurements, lower case with dashes: {@code pairs}
 * @param title what a table says, with the unit where there is one: {@code Palette, all pairs (ΔE)}
 * @param direction whether a low or a high value means closer, that is more alike
 * @param value of the whole set
 * @param parts what the value was made of; empty where it has none
 */
public record Measurement(String name, String title, Direction direction, double value, List<Part> parts) {

    /** Which values mean more alike. */
    public enum Direction {
        /** A distance: 0 for equal pictures. */
        LOWER_IS_CLOSER,
        /** A similarity. */
        HIGHER_IS_CLOSER
    }

    /**
     * The value of some of the pictures.
     *
     * @param pictures their places in the set, from 0: one picture, or a pair
     * @param value of these alone
     */
    public record Part(List<Integer> pictures, double value) {

        /** Copies what could be changed from outside. */
        public Part {
            pictures = List.copyOf(pictures);
        }
    }

    /** Copies what could be changed from outside. */
    public Measurement {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(direction, "direction");
        parts = List.copyOf(parts);
    }

    /**
     * The mean over all pairs of the set's pictures, named {@code pairs}; each pair is a part.
     *
     * @return empty for a single picture
     */
    public static Optional<Measurement> ofPairs(
            String title, Direction direction, MeasuredSet set, Comparison comparison) {
        List<Part> parts = new ArrayList<>();
        for (int one = 0; one < set.pictures().size(); one++) {
            for (int other = one + 1; other < set.pictures().size(); other++) {
                parts.add(new Part(List.of(one, other), comparison.between(one, other)));
            }
        }
        return mean("pairs", title, direction, parts);
    }

    /**
     * The mean over pictures of Σ wᵣ d(picture, r) / Σ wᵣ over the references r, named {@code reference}; each picture
     * is a part. In a set without references its picture 0 is the reference, and the others are measured.
     *
     * @return empty for a single picture without references
     */
    public static Optional<Measurement> ofReferences(
            String title, Direction direction, MeasuredSet set, Comparison comparison) {
        int pictures = set.pictures().size();
        boolean ownReference = set.references().isEmpty();
        List<Part> parts = new ArrayList<>();
        for (int picture = ownReference ? 1 : 0; picture < pictures; picture++) {
            double value = ownReference ? comparison.between(0, picture) : weighted(picture, set, comparison);
            parts.add(new Part(List.of(picture), value));
        }
        return mean("reference", title, direction, parts);
    }

    private static double weighted(int picture, MeasuredSet set, Comparison comparison) {
        double sum = 0;
        double weights = 0;
        for (int reference = 0; reference < set.references().size(); reference++) {
            double weight = set.references().get(reference).weight();
            sum += weight * comparison.between(picture, set.pictures().size() + reference);
            weights += weight;
        }
        return sum / weights;
    }

    private static Optional<Measurement> mean(String name, String title, Direction direction, List<Part> parts) {
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Measurement(
                        name,
                        title,
                        direction,
                        parts.stream().mapToDouble(Part::value).average().orElseThrow(),
                        parts));
    }
}
