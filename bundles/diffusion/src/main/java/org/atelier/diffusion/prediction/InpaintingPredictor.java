package org.atelier.diffusion.prediction;

import ai.djl.ndarray.NDArray;

/**
 * Runs a UNet with additional input channels, such as one for inpainting. It decorates the UNet alone, since ControlNets
 * receive the latents without these channels.
 */
public final class InpaintingPredictor implements NoisePredictor {

    private final NoisePredictor network;
    private final InputChannels channels;

    public InpaintingPredictor(NoisePredictor network, InputChannels channels) {
        this.network = network;
        this.channels = channels;
    }

    @Override
    public NDArray predict(PredictorInput input) {
        return network.predict(input.withRows(
                channels.append(input.latents(), input.images(), input.windows()), input.conditioning()));
    }
}
