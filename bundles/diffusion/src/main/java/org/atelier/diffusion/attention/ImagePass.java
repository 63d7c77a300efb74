package org.atelier.diffusion.attention;

import java.util.List;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.attention.GuidanceHalf;
import org.atelier.diffusion.conditioning.GuidanceHalves;

/**
 * Images that pass the network together at a step.
 *
 * @param images their places in the set, in the order of the rows of each half
 */
public record ImagePass(DenoisingStep step, List<Integer> images, GuidanceHalves halves) {

    /** Makes defensive copies. */
    public ImagePass {
        images = List.copyOf(images);
    }

    /** @param half 0 to the number of halves - 1 */
    GuidanceHalf half(int half) {
        return half == halves.count() - 1 ? GuidanceHalf.CONDITIONAL : GuidanceHalf.UNCONDITIONAL;
    }
}
