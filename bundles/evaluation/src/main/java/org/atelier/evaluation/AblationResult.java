package org.atelier.evaluation;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.evaluation.AblationRequest;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.UsedMetric;

/**
 * All that a report contains.
 *
 * @param version of Atelier
 * @param request nothing left open
 * @param folder that the sets' folders lie in
 * @param metrics what the sets were measured with
 * @param sets measured, variant by variant, each by seed
 * @param findings over all sets
 * @param notes what the user was told
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

    /** Where a set lies, from the report: {@code seed-1/aligned}. */
    String place(MeasuredVariant set) {
        return folder.relativize(set.set().folder()).toString().replace('\\', '/');
    }
}
