package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import org.atelier.diffusion.layers.ResnetBlock;
import org.atelier.models.source.Weights;
import org.atelier.tensor.TorchKernels;

/** The mid block: a transformer between two residual blocks. */
final class MidBlock {

    private final ResnetBlock resnet1;
    private final SpatialTransformer transformer;
    private final ResnetBlock resnet2;

    MidBlock(Weights weights, UNetSettings settings, LayerRegistry layers, TorchKernels kernels) {
        int level = settings.levels() - 1;
        this.resnet1 = resnet(weights.at("resnets.0"), settings, kernels);
        this.transformer = new SpatialTransformer(
                weights.at("attentions.0"),
                settings,
                "mid",
                level,
                settings.depths().get(level),
                layers,
                kernels);
        this.resnet2 = resnet(weights.at("resnets.1"), settings, kernels);
    }

    private static ResnetBlock resnet(Weights weights, UNetSettings settings, TorchKernels kernels) {
        int channels = settings.channels(settings.levels() - 1);
        return new ResnetBlock(
                weights, channels, channels, settings.timeChannels(), settings.groups(), settings.epsilon(), kernels);
    }

    /**
     * @param hidden (image, channel, height, width)
     * @return shaped as {@code hidden}
     */
    NDArray forward(NDArray hidden, NDArray time, NDArray textEmbeddings, AttentionProcessor processor) {
        NDArray resolved = resnet1.forward(hidden, time, processor);
        NDArray attended = transformer.forward(resolved, textEmbeddings, processor);
        resolved.close();
        NDArray output = resnet2.forward(attended, time, processor);
        attended.close();
        return output;
    }
}
