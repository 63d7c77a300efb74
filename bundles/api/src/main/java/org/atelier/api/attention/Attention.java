package org.atelier.api.attention;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;

/** The attention of one layer. It is called once for each half of classifier-free guidance. */
@ConsumerType
@FunctionalInterface
public interface Attention {

    /**
     * Computes the attention.
     *
     * @param call queries, keys and values of the images, the references, and the kernels
     * @return attended values, shaped as the queries of {@code call.own()}
     */
    NDArray attend(AttentionCall call);

    /** The attention that the network was trained with: each image attends to its own tokens, or to its own prompt. */
    static Attention plain() {
        return Plain.INSTANCE;
    }

    /** Whether this is {@link #plain()}; the features of references are then not recorded. */
    default boolean isPlain() {
        return this == Plain.INSTANCE;
    }
}
