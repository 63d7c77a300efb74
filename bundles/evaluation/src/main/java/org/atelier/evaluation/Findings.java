package org.atelier.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.metric.Measurement;

/** Summarises the measurements of all sets. */
final class Findings {

    private final List<Variant> variants;
    private final List<MeasuredVariant> sets;

    private Findings(List<Variant> variants, List<MeasuredVariant> sets) {
        this.variants = variants;
        this.sets = sets;
    }

    /** One finding for each measurement of any set, by metric, in the order in which they first occur. */
    static List<Finding> of(List<Variant> variants, List<MeasuredVariant> sets) {
        Findings findings = new Findings(variants, sets);
        List<Finding> rows = new ArrayList<>();
        findings.measurements().forEach((metric, byName) -> byName.values()
                .forEach(measurement -> rows.add(findings.row(metric, measurement))));
        return rows;
    }

    private Map<String, Map<String, Measurement>> measurements() {
        Map<String, Map<String, Measurement>> found = new LinkedHashMap<>();
        sets.forEach(set -> set.measurements().forEach((metric, measurements) -> {
            Map<String, Measurement> byName = found.computeIfAbsent(metric, none -> new LinkedHashMap<>());
            measurements.forEach(measurement -> byName.putIfAbsent(measurement.name(), measurement));
        }));
        return found;
    }

    private Finding row(String metric, Measurement measurement) {
        List<Summary> summaries = variants.stream()
                .map(variant -> summary(
                        variant.name(),
                        values(variant.name(), metric, measurement.name()),
                        values(variant.baseline(), metric, measurement.name())))
                .toList();
        return new Finding(metric, measurement.name(), measurement.title(), measurement.direction(), summaries);
    }

    private Sample values(String variant, String metric, String measurement) {
        return new Sample(sets.stream()
                .filter(set -> set.variant().name().equals(variant))
                .flatMap(set -> set.find(metric, measurement).stream())
                .mapToDouble(Measurement::value)
                .toArray());
    }

    private static Summary summary(String variant, Sample values, Sample baseline) {
        return new Summary(
                variant, values.mean(), values.deviation(), values.standardError(), values.ratioTo(baseline));
    }
}
