package org.atelier.api.attention;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Tensor operations for attention strategies; results belong to the first argument's manager. */
@ProviderType
public interface Kernels {

    /**
     * Scaled dot-product attention over all parts under one softmax.
     *
     * @param query (image, head, token, channel)
     * @param parts at least one
     * @return (image, head, token, channel), the mean of all parts' values weighted by softmax(q·k/√channel + biases)
     */
    NDArray attend(NDArray query, List<Part> parts);

    /**
     * The attention probabilities, softmax(q·k/√channel) over the keys. The result has a value for each pair of query
     * and key, so slice the queries first if only some are needed.
     *
     * @param query (image, head, token, channel)
     * @param key (image, head, key, channel)
     * @return (image, head, token, key), float32 whatever the precision of the set; each row sums to 1
     */
    NDArray probabilities(NDArray query, NDArray key);

    /**
     * Adaptive instance normalisation: gives the features the reference's mean and standard deviation over tokens, per
     * head and channel, with unbiased variance and epsilon 1e-5 (Huang and Belongie 2017; Hertz et al. 2024, section
     * 3.3).
     *
     * @param features (image, head, token, channel)
     * @param reference (1, head, token, channel)
     * @return shaped as {@code features}
     */
    NDArray adain(NDArray features, NDArray reference);
}
