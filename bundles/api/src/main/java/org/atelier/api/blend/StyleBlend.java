package org.atelier.api.blend;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes one reference of several, or keeps them apart; one instance blends the references of one set. A declarative
 * services component factory, as {@link org.atelier.api.attention.AttentionStrategy} is.
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
     * @return latents shaped as each of theirs, in the manager of the first; empty to keep the references apart, each
     *     attended to by its own weight
     */
    Optional<NDArray> blend(List<WeightedLatents> references);
}
