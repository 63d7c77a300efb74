package org.atelier.studio.resolve;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.TreeMap;
import org.atelier.api.set.ControlPicture;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.plugins.UsedPlugin;

/**
 * A control, and what its ControlNet will see.
 *
 * @param control settled
 * @param network opened, its weights not loaded
 * @param pictures by the item that follows, each as large as that is drawn
 * @param preprocessor what made them
 */
public record PreparedControl(
        ControlPicture control,
        ControlNetFolder network,
        Map<Integer, BufferedImage> pictures,
        UsedPlugin preprocessor) {

    /** Copies what could be changed from outside. */
    public PreparedControl {
        pictures = new TreeMap<>(pictures);
    }
}
