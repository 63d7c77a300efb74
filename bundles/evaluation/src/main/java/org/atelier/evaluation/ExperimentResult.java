package org.atelier.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.UsedMetric;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.evaluation.EvaluationRequest;

/**
 * The content of a report.
 *
 * @param version of Atelier
 * @param definition of the experiment
 * @param request the resolved request
 * @param folder contains the sets' folders
 * @param metrics that measured the sets
 * @param variants in the order in which they were generated
 * @param sets the measured sets by seed, then by variant
 * @param findings over all sets
 * @param notes information for the user
 */
record ExperimentResult(
        String version,
        ExperimentDefinition definition,
        EvaluationRequest request,
        Path folder,
        List<UsedMetric> metrics,
        List<Variant> variants,
        List<MeasuredVariant> sets,
        List<Finding> findings,
        List<String> notes) {

    /** The sets of a variant, by seed. */
    List<MeasuredVariant> of(Variant variant) {
        return sets.stream().filter(set -> set.variant().equals(variant)).toList();
    }

    /** Whether the variants are series over positions, rather than a few of their own. */
    boolean hasSeries() {
        return variants.stream().anyMatch(variant -> variant.position() != null);
    }

    /** The series with which the others are compared; empty if there are no others. */
    Optional<String> baselineSeries() {
        return variants.stream()
                .filter(variant -> variants.stream()
                        .anyMatch(other ->
                                !other.equals(variant) && other.baseline().equals(variant.name())))
                .map(Variant::series)
                .findFirst();
    }

    /** The path of a set relative to the report: {@code seed-1/aligned}. */
    String relativePath(MeasuredVariant set) {
        return folder.relativize(set.set().folder()).toString().replace('\\', '/');
    }
}
