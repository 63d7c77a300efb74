package org.atelier.diffusion.region;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.atelier.diffusion.window.Window;

/**
 * The part of an image to which a prompt applies. Each prompt of an image runs through the network as views of its own,
 * and the image takes the average of the predictions, weighted by these parts. A step of a sampler is linear in the
 * prediction, so this equals the average of the latents after a step of each prompt.
 */
public final class PromptRegion {

    private final int number;
    private final RegionMask mask;
    private final NDArray weights;
    private final Optional<RegionBackgrounds> backgrounds;

    private PromptRegion(int number, RegionMask mask, Optional<RegionBackgrounds> backgrounds, NDManager manager) {
        this.number = number;
        this.mask = mask;
        this.weights = mask.array(manager);
        this.backgrounds = backgrounds;
    }

    /**
     * The parts of an image: that of the prompt of the image, outside the regions, then the regions in order.
     *
     * @param backgrounds behind the regions
     * @param manager owns the weights; stays open as long as the set
     */
    public static List<PromptRegion> of(ImageRegions regions, RegionBackgrounds backgrounds, NDManager manager) {
        List<PromptRegion> parts = new ArrayList<>();
        parts.add(new PromptRegion(0, regions.outside(), Optional.empty(), manager));
        for (ImageRegion region : regions.list()) {
            parts.add(new PromptRegion(parts.size(), region.mask(), Optional.of(backgrounds), manager));
        }
        return parts;
    }

    /** Those of the windows of the image that have a part in the region. */
    public List<Window> within(List<Window> windows) {
        return windows.stream().filter(mask::isIn).toList();
    }

    /** 1 where the prompt applies, else 0: (1, 1, height, width) of the image. */
    public NDArray weights() {
        return weights;
    }

    /**
     * The latents that run through the network with the prompt.
     *
     * @param latents of a window, (1, channel, height, width), not scaled
     * @param memory owns the latents and the result
     */
    public NDArray input(NDArray latents, Window window, int step, NDManager memory) {
        return backgrounds
                .map(behind -> behind.behind(latents, weights, window, number, step, memory))
                .orElse(latents);
    }
}
