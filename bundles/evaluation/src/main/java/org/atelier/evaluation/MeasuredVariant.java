package org.atelier.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.metric.Measurement;
import org.atelier.api.set.GeneratedSet;

/**
 * A measured set of one variant.
 *
 * @param variant its variant
 * @param repetition its number among the sets of the variant, from 0: those of one number start from the same noise
 * @param set the generated set
 * @param measurements by name of the metric
 */
record MeasuredVariant(Variant variant, int repetition, GeneratedSet set, Map<String, List<Measurement>> measurements) {

    /** A measurement of a metric. */
    Optional<Measurement> find(String metric, String name) {
        return measurements.getOrDefault(metric, List.of()).stream()
                .filter(measurement -> measurement.name().equals(name))
                .findFirst();
    }
}
