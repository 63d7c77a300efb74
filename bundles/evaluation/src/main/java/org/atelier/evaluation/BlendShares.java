package org.atelier.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.Measurement.Direction;

/**
 * Which share of the style a set takes from the first of two references, and how far that is from its weight.
 *
 * <p>With x = (value to reference 1) − (value to reference 2), the share is (x − x₂) / (x₁ − x₂), where xᵣ is that of the
 * set with reference r alone from the same noise: 1 for reference 1 alone, 0 for reference 2 alone.
 */
final class BlendShares {

    /** The variant with reference 1 alone. */
    static final String FIRST = "reference-1";

    /** The variant with reference 2 alone. */
    static final String SECOND = "reference-2";

    private final List<MeasuredVariant> sets;

    BlendShares(List<MeasuredVariant> sets) {
        this.sets = sets;
    }

    /** The sets with the measurements {@code share} and {@code share-error} where they can be computed. */
    List<MeasuredVariant> added() {
        return sets.stream().map(this::withShares).toList();
    }

    private MeasuredVariant withShares(MeasuredVariant set) {
        Map<String, List<Measurement>> all = new LinkedHashMap<>();
        set.measurements().forEach((metric, measurements) -> {
            List<Measurement> added = new ArrayList<>(measurements);
            share(set, metric).ifPresent(share -> {
                String title =
                        set.find(metric, "reference").map(Measurement::title).orElse(metric);
                added.add(measurement("share", title + ", share of reference 1", Direction.NEUTRAL, share));
                added.add(measurement(
                        "share-error",
                        title + ", distance of the share from the weight",
                        Direction.LOWER_IS_CLOSER,
                        Math.abs(share - set.variant().position())));
            });
            all.put(metric, added);
        });
        return new MeasuredVariant(set.variant(), set.repetition(), set.set(), all);
    }

    private OptionalDouble share(MeasuredVariant set, String metric) {
        OptionalDouble here = difference(Optional.of(set), metric);
        OptionalDouble first = difference(alone(FIRST, set.repetition()), metric);
        OptionalDouble second = difference(alone(SECOND, set.repetition()), metric);
        if (here.isEmpty() || first.isEmpty() || second.isEmpty()) {
            return OptionalDouble.empty();
        }
        double share = (here.getAsDouble() - second.getAsDouble()) / (first.getAsDouble() - second.getAsDouble());
        return Double.isFinite(share) ? OptionalDouble.of(share) : OptionalDouble.empty();
    }

    private Optional<MeasuredVariant> alone(String variant, int repetition) {
        return sets.stream()
                .filter(set -> set.variant().name().equals(variant) && set.repetition() == repetition)
                .findFirst();
    }

    private static OptionalDouble difference(Optional<MeasuredVariant> set, String metric) {
        Optional<Measurement> first = set.flatMap(one -> one.find(metric, "reference-1"));
        Optional<Measurement> second = set.flatMap(one -> one.find(metric, "reference-2"));
        return first.isPresent() && second.isPresent()
                ? OptionalDouble.of(first.get().value() - second.get().value())
                : OptionalDouble.empty();
    }

    private static Measurement measurement(String name, String title, Direction direction, double value) {
        return new Measurement(name, title, direction, value, List.of());
    }
}
