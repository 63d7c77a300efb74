package org.atelier.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.metric.Measurement;

/** Summarises the measurements of all sets. */
final class Findings {

    private final List<MeasuredVariant> sets;

    private Findings(List<MeasuredVariant> sets) {
        this.sets = sets;
    }

    /** One finding for each measurement, in the order of the first set. */
    static List<Finding> of(List<MeasuredVariant> sets) {
        Findings findings = new Findings(sets);
        List<Finding> rows = new ArrayList<>();
        for (Map.Entry<String, List<Measurement>> metric :
                sets.get(0).measurements().entrySet()) {
            metric.getValue().forEach(measurement -> rows.add(findings.row(metric.getKey(), measurement)));
        }
        return rows;
    }

    private Finding row(String metric, Measurement measurement) {
        double unaligned = mean(values(Variant.UNALIGNED, metric, measurement.name()));
        List<Summary> summaries = Arrays.stream(Variant.values())
                .map(variant -> summary(variant, values(variant, metric, measurement.name()), unaligned))
                .toList();
        return new Finding(metric, measurement.name(), measurement.title(), measurement.direction(), summaries);
    }

    private double[] values(Variant variant, String metric, String name) {
        return sets.stream()
                .filter(set -> set.variant() == variant)
                .flatMap(set -> set.measurements().getOrDefault(metric, List.of()).stream())
                .filter(measurement -> measurement.name().equals(name))
                .mapToDouble(Measurement::value)
                .toArray();
    }

    private static Summary summary(Variant variant, double[] values, double unaligned) {
        double mean = mean(values);
        return new Summary(variant.id(), mean, deviation(values, mean), unaligned == 0 ? null : mean / unaligned);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** {@code null} for fewer than two values. */
    private static Double deviation(double[] values, double mean) {
        if (values.length < 2) {
            return null;
        }
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1));
    }
}
