package org.atelier.diffusion.prediction;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.Residuals;

/**
 * What a network is shown of images that pass it together. Within guidance each half has a row for every image: first
 * the unconditional rows, then the conditional ones.
 *
 * @param latents as the network takes them, (row, channel, height, width), float32; what is made for the pass belongs
 *     to their manager
 * @param step of every row
 * @param images their places in the set, once, whatever the number of rows; -1 for a reference that was given
 * @param conditioning of as many rows
 * @param attention how the rows attend to one another
 * @param residuals what ControlNets add to the network's features, of as many rows
 */
public record PredictorInput(
        NDArray latents,
        DenoisingStep step,
        List<Integer> images,
        Conditioning conditioning,
        AttentionProcessor attention,
        Residuals residuals) {

    /** Makes defensive copies. */
    public PredictorInput {
        images = List.copyOf(images);
    }

    /** How many rows there are. */
    public int rows() {
        return (int) latents.getShape().get(0);
    }

    /** The same pass of other rows. */
    public PredictorInput withRows(NDArray otherLatents, Conditioning otherConditioning) {
        return new PredictorInput(otherLatents, step, images, otherConditioning, attention, residuals);
    }

    /** With more added to the network's features. */
    public PredictorInput adding(Residuals more) {
        return new PredictorInput(latents, step, images, conditioning, attention, residuals.plus(more));
    }
}
