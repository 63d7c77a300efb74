package org.atelier.diffusion.region;

import java.util.List;

/**
 * The regions of an image. The prompt of the image applies to the rest.
 *
 * @param list may overlap
 * @param bootstrapping share of the steps, from the first, in which a region has a background of one colour, 0 to 1
 */
public record ImageRegions(List<ImageRegion> list, double bootstrapping) {

    /** No regions. */
    public static final ImageRegions NONE = new ImageRegions(List.of(), 0);

    /** Makes a defensive copy. */
    public ImageRegions {
        list = List.copyOf(list);
    }

    /** Whether there are no regions. */
    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** The number of steps in which regions have backgrounds of one colour. */
    public int bootstrappedSteps(int steps) {
        return (int) Math.round(bootstrapping * steps);
    }

    /** The latents to which the prompt of the image applies. */
    RegionMask outside() {
        return RegionMask.outside(list.stream().map(ImageRegion::mask).toList());
    }
}
