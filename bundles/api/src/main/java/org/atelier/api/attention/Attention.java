package org.atelier.api.attention;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;

/** How images attend at one layer. The two halves of classifier-free guidance are asked for apart. */
@ConsumerType
@FunctionalInterface
public interface Attention {

    /**
     * Attends.
     *
     * @param call queries, keys and values of the images, the references, and what to compute with
     * @return attended values, shaped as the queries of {@code call.own()}
     */
    NDArray attend(AttentionCall call);

    /** Each image attends to its own tokens only, or to its own prompt, as the network was trained. */
    static Attention plain() {
        return Plain.INSTANCE;
    }

    /** Whether this is {@link #plain()}, so that nothing need be kept of a reference. */
    default boolean isPlain() {
        return this == Plain.INSTANCE;
    }
}
