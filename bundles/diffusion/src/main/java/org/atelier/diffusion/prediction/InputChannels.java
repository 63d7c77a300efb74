package org.atelier.diffusion.prediction;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.atelier.diffusion.window.Window;

/** Channels of a UNet's input beyond the latents. */
@FunctionalInterface
public interface InputChannels {

    /** A UNet whose input is the latents alone. */
    InputChannels NONE = (latents, images, windows) -> latents;

    /**
     * Appends the channels.
     *
     * @param latents scaled, (row, channel, height, width)
     * @param images indices in the set, one per image whatever the number of rows; -1 for a given reference
     * @param windows the part of its image that each row of a half is, one per image
     * @return (row, more channels, height, width), in the manager of the latents
     */
    NDArray append(NDArray latents, List<Integer> images, List<Window> windows);
}
