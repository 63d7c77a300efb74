package org.atelier.api.control;

import java.awt.image.BufferedImage;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns an image into the control image that a ControlNet was trained on, such as its edges or its depth. Each set has
 * its own instance. It is a Declarative Services component factory, as
 * {@link org.atelier.api.attention.AttentionStrategy} is; its {@link org.atelier.api.Plugins#NAME} is what a user
 * writes before the {@code =} in {@code --control canny=drawing.png}.
 */
@ConsumerType
@FunctionalInterface
public interface ControlPreprocessor {

    /** The {@code component.factory} name of every control preprocessor. */
    String FACTORY = "org.atelier.control";

    /**
     * Prepares a control image.
     *
     * @param image upright, opaque, RGB, of any size
     * @param width of the result in pixels
     * @param height of the result in pixels
     * @return an RGB image of that size
     * @throws AtelierException {@code MODEL_NOT_FOUND} with the command that fetches a missing model
     */
    BufferedImage prepare(BufferedImage image, int width, int height);
}
