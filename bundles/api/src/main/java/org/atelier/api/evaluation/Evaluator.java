package org.atelier.api.evaluation;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Generates sets to compare them, and reports. */
@ProviderType
public interface Evaluator {

    /**
     * Fills in every default and checks the result, loading no weights and writing nothing. Metrics that were not chosen
     * stay open: which of the installed ones can measure is known when they start.
     *
     * @throws AtelierException that lists every fault, one a line
     */
    AblationRequest resolve(AblationRequest request);

    /**
     * Generates the same prompts from the same noise in four ways and measures each with the request's metrics: without
     * alignment, with full attention sharing, with shared attention but no AdaIN, and with the full method (Hertz et al.
     * 2024, section 5). Each set lies in a folder of its own, {@code seed-1/aligned}; then {@code report.html}, which
     * needs no other file, and last {@code evaluation.json} are written, each whole or not at all.
     *
     * @param folder created if missing; must hold no earlier evaluation
     * @throws AtelierException before anything is generated as {@link #resolve}, for a chosen metric that cannot measure and
     *     where none can; {@code CANCELLED} when the listener said so; the sets that are finished by then stay
     */
    Evaluation ablate(AblationRequest request, Path folder, EvaluationListener listener);
}
