package org.atelier.diffusion.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** A feature map's pixels as tokens and back; with the channels innermost in memory, neither copies. */
public final class FeatureMap {

    private FeatureMap() {}

    /** (image, channel, height, width) to (image, height · width, channel). */
    public static NDArray toTokens(NDArray map) {
        Shape shape = map.getShape();
        return map.transpose(0, 2, 3, 1).reshape(shape.get(0), shape.get(2) * shape.get(3), shape.get(1));
    }

    /** (image, height · width, channel) to a feature map of that shape. */
    public static NDArray fromTokens(NDArray tokens, Shape shape) {
        return tokens.reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
                .transpose(0, 3, 1, 2);
    }
}
