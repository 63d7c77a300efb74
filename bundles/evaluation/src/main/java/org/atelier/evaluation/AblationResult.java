package org.atelier.evaluation;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.evaluation.AblationRequest;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.UsedMetric;

/**
 * The content of a report.
 *
 * @param version of Atelier
 * @param request the resolved request
 * @param folder contains the sets' folders
 * @param metrics that measured the sets
 * @param sets the measured sets by variant, then by seed
 * @param findings over all sets
 * @param notes information for the user
 */
record AblationResult(
        String version,
        AblationRequest request,
        Path folder,
        List<UsedMetric> metrics,
        List<MeasuredVariant> sets,
        List<Finding> findings,
        List<String> notes) {

    List<MeasuredVariant> of(Variant variant) {
        return sets.stream().filter(set -> set.variant() == variant).toList();
    }

    /** The path of a set relative to the report: {@code seed-1/aligned}. */
    String relativePath(MeasuredVariant set) {
        return folder.relativize(set.set().folder()).toString().replace('\\', '/');
    }
}
