package org.atelier.diffusion.prediction;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Channels of a UNet's input beyond the latents. */
@FunctionalInterface
public interface InputChannels {

    /** A UNet whose input is the latents alone. */
    InputChannels NONE = (latents, images) -> latents;

    /**
     * Appends the channels.
     *
     * @param latents scaled, (row, channel, height, width)
     * @param images indices in the set, one per image whatever the number of rows; -1 for a given reference
     * @return (row, more channels, height, width), in the manager of the latents
     */
    NDArray append(NDArray latents, List<Integer> images);
}
