package org.atelier.studio.resolve;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.TreeMap;
import org.atelier.api.set.ControlInput;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.plugins.UsedPlugin;

/**
 * A control with its preprocessed images.
 *
 * @param control the resolved control
 * @param network the opened ControlNet; its weights are not loaded
 * @param images the preprocessed images by item, each of the size of that item
 * @param preprocessor the plugin that made them
 */
public record PreparedControl(
        ControlInput control, ControlNetFolder network, Map<Integer, BufferedImage> images, UsedPlugin preprocessor) {

    /** Makes a defensive copy. */
    public PreparedControl {
        images = new TreeMap<>(images);
    }
}
