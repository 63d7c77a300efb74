package org.atelier.api.evaluation;

import java.util.Objects;
import org.atelier.api.set.SetRequest;

/**
 * What an ablation draws.
 *
 * @param set prompts, style, seed and everything else that the variants have in common; its attention, and what a
 *     picture has of its own but its prompt, are not regarded. Without prompts a few objects are taken. It must name no
 *     references
 * @param seeds how many sets each variant draws, at least 1: set k has the seed of the first plus k times the number of
 *     prompts, so that no noise comes twice
 */
public record AblationRequest(SetRequest set, int seeds) {

    /** A request. */
    public AblationRequest {
        Objects.requireNonNull(set, "set");
    }
}
