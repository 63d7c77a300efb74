package org.atelier.diffusion.prediction;

import ai.djl.ndarray.NDArray;
import org.atelier.diffusion.unet.UNet;

/** Runs the UNet. */
public final class UNetPredictor implements NoisePredictor {

    private final UNet unet;

    public UNetPredictor(UNet unet) {
        this.unet = unet;
    }

    @Override
    public NDArray predict(PredictorInput input) {
        return unet.forward(
                input.latents(), input.step().timestep(), input.conditioning(), input.attention(), input.residuals());
    }
}
