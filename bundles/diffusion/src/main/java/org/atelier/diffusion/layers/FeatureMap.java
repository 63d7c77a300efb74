package org.atelier.diffusion.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Reshapes between feature maps and tokens; a channels-last feature map is not copied. */
public final class FeatureMap {

    private FeatureMap() {}

    /** (image, channel, height, width) to (image, height · width, channel). */
    public static NDArray toTokens(NDArray map) {
        Shape shape = map.getShape();
        return map.transpose(0, 2, 3, 1).reshape(shape.get(0), shape.get(2) * shape.get(3), shape.get(1));
    }

    /** (image, height · width, channel) to a feature map of the given shape. */
    public static NDArray fromTokens(NDArray tokens, Shape shape) {
        return tokens.reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
                .transpose(0, 3, 1, 2);
    }
}
