package org.atelier.studio;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.TreeMap;
import org.atelier.api.set.ControlPicture;
import org.atelier.models.ControlNetFolder;

/**
 * A control, and what its ControlNet will see.
 *
 * @param control settled
 * @param network opened, its weights not loaded
 * @param pictures by the item that follows, each as large as that is drawn
 * @param preprocessor what made them
 */
record PreparedControl(
        ControlPicture control,
        ControlNetFolder network,
        Map<Integer, BufferedImage> pictures,
        UsedPlugin preprocessor) {

    /** Copies what could be changed from outside. */
    PreparedControl {
        pictures = new TreeMap<>(pictures);
    }
}
