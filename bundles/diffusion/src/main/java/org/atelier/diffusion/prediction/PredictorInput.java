package org.atelier.diffusion.prediction;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.List;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.Residuals;
import org.atelier.diffusion.window.Window;

/**
 * The input of a noise predictor for one batch of images. Inside guidance each half has one row per image: first the
 * unconditional rows, then the conditional ones.
 *
 * @param latents scaled model input, (row, channel, height, width), float32; their manager owns what the pass creates
 * @param step of every row
 * @param images indices in the set, one per image whatever the number of rows; -1 for a given reference
 * @param windows the part of its image that each row of a half is, one per image
 * @param conditioning one row per row of the latents
 * @param attention processor of the attention layers
 * @param residuals of ControlNets, one row per row of the latents
 */
public record PredictorInput(
        NDArray latents,
        DenoisingStep step,
        List<Integer> images,
        List<Window> windows,
        Conditioning conditioning,
        AttentionProcessor attention,
        Residuals residuals) {

    /** Makes defensive copies. */
    public PredictorInput {
        images = List.copyOf(images);
        windows = List.copyOf(windows);
    }

    /** The input for whole images. */
    public PredictorInput(
            NDArray latents,
            DenoisingStep step,
            List<Integer> images,
            Conditioning conditioning,
            AttentionProcessor attention,
            Residuals residuals) {
        this(
                latents,
                step,
                images,
                Collections.nCopies(images.size(), Window.WHOLE),
                conditioning,
                attention,
                residuals);
    }

    /** The number of rows. */
    public int rows() {
        return (int) latents.getShape().get(0);
    }

    /** The same input with other rows. */
    public PredictorInput withRows(NDArray otherLatents, Conditioning otherConditioning) {
        return new PredictorInput(otherLatents, step, images, windows, otherConditioning, attention, residuals);
    }

    /** Adds residuals. */
    public PredictorInput adding(Residuals more) {
        return new PredictorInput(latents, step, images, windows, conditioning, attention, residuals.plus(more));
    }
}
