package org.atelier.api.evaluation;

import java.util.List;
import java.util.Objects;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.set.SetRequest;

/**
 * What an ablation generates and measures.
 *
 * @param set prompts, style, seed and everything else that the variants have in common; its attention, and what a
 *     image has of its own but its prompt, are not regarded. Without prompts a few objects are taken. It must name no
 *     references
 * @param seeds how many sets each variant generates, at least 1: set k has the seed of the first plus k times the number of
 *     prompts, so that no noise comes twice
 * @param metrics what the sets are measured with, each name once; a metric that cannot measure, because its model is
 *     missing, is an error. Empty for every installed metric; one that cannot measure is then left out, with a note
 */
public record AblationRequest(SetRequest set, int seeds, List<MetricSelection> metrics) {

    /** Copies what could be changed from outside. */
    public AblationRequest {
        Objects.requireNonNull(set, "set");
        metrics = List.copyOf(metrics);
    }
}
