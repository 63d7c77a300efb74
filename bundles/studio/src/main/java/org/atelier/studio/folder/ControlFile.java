package org.atelier.studio.folder;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A preprocessed image that was the input of a ControlNet.
 *
 * @param kind the kind of the control
 * @param images the numbers of the images that followed it
 * @param shown the preprocessed image
 * @param alone whether it is the only image of its kind in the set
 */
public record ControlFile(String kind, List<Integer> images, BufferedImage shown, boolean alone) {

    /** @param numbers the count of image numbers in the set */
    public String name(int numbers) {
        return alone
                ? "control-" + kind + ".png"
                : "control-" + kind + "-" + SetFolder.imageName(images.get(0), numbers);
    }
}
