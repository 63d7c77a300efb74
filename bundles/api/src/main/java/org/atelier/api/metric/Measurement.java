package org.atelier.api.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A value that a metric measured for a set.
 *
 * @param name unique among the metric's measurements, lower case with dashes: {@code pairs}
 * @param title for tables, with the unit if it has one: {@code Palette, all pairs (ΔE)}
 * @param direction whether lower or higher values mean greater similarity
 * @param value for the whole set
 * @param deviation how uncertain the value is: the unbiased standard deviation of the parts, unless the metric computes
 *     it differently; {@code null} if it is not known
 * @param count how many values it was computed from; 0 if it has no parts
 * @param parts these values; empty if it has none, or too many to list
 */
public record Measurement(
        String name, String title, Direction direction, double value, Double deviation, long count, List<Part> parts) {

    /** The most pairs that are listed as parts: those of some 700 images. */
    private static final int MAX_PARTS = 250_000;

    /** Which values mean greater similarity, or are better. */
    public enum Direction {
        /** A distance: 0 for equal images. */
        LOWER_IS_CLOSER,
        /** A similarity or a score. */
        HIGHER_IS_CLOSER,
        /** A quantity of which neither more nor less is better, such as a share. */
        NEUTRAL
    }

    /**
     * The value for some of the images.
     *
     * @param images their indices in the set, from 0: one image, a pair, or several
     * @param value for these images alone
     */
    public record Part(List<Integer> images, double value) {

        /** Makes defensive copies. */
        public Part {
            images = List.copyOf(images);
        }
    }

    /** Makes defensive copies. */
    public Measurement {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(direction, "direction");
        parts = List.copyOf(parts);
        if (count < parts.size()) {
            throw new IllegalArgumentException("%d parts are more than %d".formatted(parts.size(), count));
        }
    }

    /** A measurement that lists all its parts. */
    public Measurement(
            String name, String title, Direction direction, double value, Double deviation, List<Part> parts) {
        this(name, title, direction, value, deviation, parts.size(), parts);
    }

    /** A measurement with the unbiased standard deviation of its parts, {@code null} for fewer than two. */
    public Measurement(String name, String title, Direction direction, double value, List<Part> parts) {
        this(name, title, direction, value, deviation(parts), parts);
    }

    /**
     * The mean of parts.
     *
     * @return empty if there are none
     */
    public static Optional<Measurement> mean(String name, String title, Direction direction, List<Part> parts) {
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Measurement(name, title, direction, mean(parts), parts));
    }

    /**
     * The mean over all pairs of the set's images, named {@code pairs}; each pair is a part. Above 250,000 pairs the parts
     * are left out.
     *
     * @return empty for a single image
     */
    public static Optional<Measurement> ofPairs(
            String title, Direction direction, MeasuredSet set, Comparison comparison) {
        int images = set.images().size();
        long pairs = (long) images * (images - 1) / 2;
        if (pairs > MAX_PARTS) {
            return Optional.of(ofManyPairs(title, direction, images, comparison));
        }
        List<Part> parts = new ArrayList<>();
        for (int one = 0; one < images; one++) {
            for (int other = one + 1; other < images; other++) {
                parts.add(new Part(List.of(one, other), comparison.between(one, other)));
            }
        }
        return mean("pairs", title, direction, parts);
    }

    /** Mean and deviation in one pass (Welford 1962). */
    private static Measurement ofManyPairs(String title, Direction direction, int images, Comparison comparison) {
        long count = 0;
        double mean = 0;
        double squares = 0;
        for (int one = 0; one < images; one++) {
            for (int other = one + 1; other < images; other++) {
                double value = comparison.between(one, other);
                count++;
                double before = value - mean;
                mean += before / count;
                squares += before * (value - mean);
            }
        }
        return new Measurement("pairs", title, direction, mean, Math.sqrt(squares / (count - 1)), count, List.of());
    }

    /**
     * The mean over images of Σ wᵣ d(image, r) / Σ wᵣ over the references r, named {@code reference}; each image
     * is a part. In a set without references its image 0 is the reference, and the others are measured.
     *
     * @return empty for a single image without references
     */
    public static Optional<Measurement> ofReferences(
            String title, Direction direction, MeasuredSet set, Comparison comparison) {
        int images = set.images().size();
        boolean ownReference = set.references().isEmpty();
        List<Part> parts = new ArrayList<>();
        for (int image = ownReference ? 1 : 0; image < images; image++) {
            double value = ownReference ? comparison.between(0, image) : weighted(image, set, comparison);
            parts.add(new Part(List.of(image), value));
        }
        return mean("reference", title, direction, parts);
    }

    private static double weighted(int image, MeasuredSet set, Comparison comparison) {
        double sum = 0;
        double weights = 0;
        for (int reference = 0; reference < set.references().size(); reference++) {
            double weight = set.references().get(reference).weight();
            sum += weight * comparison.between(image, set.images().size() + reference);
            weights += weight;
        }
        return sum / weights;
    }

    private static double mean(List<Part> parts) {
        return parts.stream().mapToDouble(Part::value).average().orElseThrow();
    }

    private static Double deviation(List<Part> parts) {
        if (parts.size() < 2) {
            return null;
        }
        double mean = mean(parts);
        double squares = parts.stream()
                .mapToDouble(part -> (part.value() - mean) * (part.value() - mean))
                .sum();
        return Math.sqrt(squares / (parts.size() - 1));
    }
}
