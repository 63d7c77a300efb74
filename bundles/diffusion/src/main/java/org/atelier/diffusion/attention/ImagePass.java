package org.atelier.diffusion.attention;

import java.util.List;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.attention.GuidanceHalf;
import org.atelier.diffusion.conditioning.GuidanceHalves;

/**
 * Images that run through the network in one batch at a step.
 *
 * @param images their indices in the set, in row order within each half
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
