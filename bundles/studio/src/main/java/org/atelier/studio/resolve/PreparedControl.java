package org.atelier.studio.resolve;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.TreeMap;
import org.atelier.api.set.ControlInput;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.plugins.UsedPlugin;

/**
 * A control, and what its ControlNet will see.
 *
 * @param control settled
 * @param network opened, its weights not loaded
 * @param images by the item that follows, each as large as that is generated
 * @param preprocessor what made them
 */
public record PreparedControl(
        ControlInput control, ControlNetFolder network, Map<Integer, BufferedImage> images, UsedPlugin preprocessor) {

    /** Makes defensive copies. */
    public PreparedControl {
        images = new TreeMap<>(images);
    }
}
