package org.atelier.api.attention;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** How images attend at one layer. The two halves of classifier-free guidance are asked for apart. */
@ConsumerType
@FunctionalInterface
public interface Attention {

    /**
     * Attends.
     *
     * @param own queries, keys and values of the images, each (image, head, token, channel); with
     *     {@link AttentionStrategy.Coupling#SET} these are all images of the set, behind the references if such were
     *     given; else any chunk of it
     * @param references the references in the order of the request, each with one image; empty unless the strategy's
     *     coupling is {@link AttentionStrategy.Coupling#REFERENCES}
     * @param kernels what to compute with
     * @return attended values, shaped as {@code own.query()}
     */
    NDArray attend(Heads own, List<Reference> references, Kernels kernels);

    /** Each image attends to its own tokens only, as the network was trained. */
    static Attention plain() {
        return Plain.INSTANCE;
    }

    /** Whether this is {@link #plain()}, so that nothing need be kept of a reference. */
    default boolean isPlain() {
        return this == Plain.INSTANCE;
    }
}
