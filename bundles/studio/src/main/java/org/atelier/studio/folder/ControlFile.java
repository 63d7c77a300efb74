package org.atelier.studio.folder;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * An image that a set's ControlNets saw.
 *
 * @param kind of the control
 * @param images of the set that followed it, by number
 * @param shown what was seen
 * @param alone whether all that followed this kind followed this one
 */
public record ControlFile(String kind, List<Integer> images, BufferedImage shown, boolean alone) {

    /** @param numbers how many images are numbered in the set */
    public String name(int numbers) {
        return alone
                ? "control-" + kind + ".png"
                : "control-" + kind + "-" + SetFolder.imageName(images.get(0), numbers);
    }
}
