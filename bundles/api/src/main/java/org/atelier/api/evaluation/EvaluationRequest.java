package org.atelier.api.evaluation;

import java.util.List;
import java.util.Objects;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.set.SetRequest;

/**
 * A request for an evaluation.
 *
 * @param experiment which variants are compared
 * @param set prompts, style, seed and everything else that the variants share; the settings of single images, except
 *     their prompts, are ignored. If it has no prompts, default prompts are used
 * @param seeds how many sets each variant generates, at least 1: the seed of set k is the first seed plus k times the
 *     number of prompts, so that no two images start from the same noise
 * @param metrics the metrics to use, each name once; one whose model is missing is skipped with a note. Empty for all
 *     installed metrics; every unavailable one is then skipped with a note. It is an error if none is left
 */
public record EvaluationRequest(Experiment experiment, SetRequest set, int seeds, List<MetricSelection> metrics) {

    /** Makes defensive copies. */
    public EvaluationRequest {
        Objects.requireNonNull(experiment, "experiment");
        Objects.requireNonNull(set, "set");
        metrics = List.copyOf(metrics);
    }
}
