package org.atelier.api.blend;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Blends several references into one, or keeps them separate. Each set has its own instance. It is a Declarative
 * Services component factory, as {@link org.atelier.api.attention.AttentionStrategy} is.
 */
@ConsumerType
@FunctionalInterface
public interface StyleBlend {

    /** The {@code component.factory} name of every blend. */
    String FACTORY = "org.atelier.blend";

    /**
     * Blends references.
     *
     * @param references at least two, in the order of the request; their weights sum to 1
     * @return latents of the same shape, in the manager of the first; empty to keep the references separate, each
     *     attended to with its own weight
     */
    Optional<NDArray> blend(List<WeightedLatents> references);
}
