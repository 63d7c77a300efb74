package org.atelier.diffusion.autoencoder;

import ai.djl.ndarray.NDArray;
import org.atelier.diffusion.layers.ResnetBlock;
import org.atelier.models.source.Weights;
import org.atelier.tensor.TorchKernels;

/** The mid block of the autoencoder: two residual blocks with optional attention between them. */
final class AutoencoderMidBlock {

    private final ResnetBlock resnet1;
    private final AutoencoderAttention attention;
    private final ResnetBlock resnet2;

    AutoencoderMidBlock(Weights weights, AutoencoderSettings settings, TorchKernels kernels) {
        int channels = settings.blockChannels().get(settings.levels() - 1);
        int groups = settings.groups();
        this.resnet1 = Autoencoder.resnet(weights.at("resnets.0"), channels, channels, groups, kernels);
        this.attention = settings.attends()
                ? new AutoencoderAttention(weights.at("attentions.0"), channels, groups, kernels)
                : null;
        this.resnet2 = Autoencoder.resnet(weights.at("resnets.1"), channels, channels, groups, kernels);
    }

    /**
     * @param hidden (image, channel, height, width)
     * @return shaped as {@code hidden}
     */
    NDArray forward(NDArray hidden) {
        NDArray resolved = Autoencoder.pass(resnet1, hidden);
        NDArray attended = attention == null ? resolved : attention.forward(resolved);
        return Autoencoder.pass(resnet2, attended);
    }
}
