package org.atelier.plugins.checked;

import java.awt.image.BufferedImage;
import org.atelier.api.control.ControlPreprocessor;

/** A control preprocessor whose faults name it. */
public record CheckedPreprocessor(PluginCalls calls, ControlPreprocessor preprocessor) implements ControlPreprocessor {

    @Override
    public BufferedImage prepare(BufferedImage image, int width, int height) {
        String method = "prepare(%dx%d)".formatted(width, height);
        BufferedImage prepared = calls.call(method, () -> preprocessor.prepare(image, width, height));
        calls.require(
                prepared.getWidth() == width && prepared.getHeight() == height,
                method,
                "an image of %dx%d".formatted(prepared.getWidth(), prepared.getHeight()));
        return prepared;
    }
}
