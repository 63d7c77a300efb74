package org.atelier.api.evaluation;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Generates sets in several ways, measures them and writes a report. */
@ProviderType
public interface Evaluator {

    /**
     * Fills in every default and checks the result, loading no weights and writing nothing. If no metrics are selected,
     * the list stays empty: which installed metrics are available is known only when they start.
     *
     * @throws AtelierException that lists every fault, one a line
     */
    EvaluationRequest resolve(EvaluationRequest request);

    /**
     * Generates the same prompts from the same noise in each variant of the experiment, and measures every set with the
     * request's metrics. Each set has its own folder, such as {@code seed-1/aligned}. Then {@code report.html}, which is
     * self-contained, {@code findings.csv} and {@code evaluation.json} are each written atomically.
     *
     * @param folder created if missing; must not contain an earlier evaluation
     * @throws AtelierException as {@link #resolve}, and if no metric is available, or a selected one for another reason
     *     than a missing model, before anything is generated; {@code CANCELLED} if the listener cancels, in which case
     *     finished sets are kept
     */
    Evaluation evaluate(EvaluationRequest request, Path folder, EvaluationListener listener);
}
