package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.atelier.diffusion.layers.Convolution;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Scope;
import org.atelier.tensor.TorchKernels;

/** Encodes a control image to the size of the latents. Zhang et al. 2023, section 3.2. */
final class ControlNetConditioningEmbedding {

    private static final int RGB_CHANNELS = 3;

    private final Convolution convIn;
    private final List<Convolution> blocks = new ArrayList<>();
    private final Convolution convOut;
    private final TorchKernels kernels;

    /** @param out channels of the features to which the embedding is added */
    ControlNetConditioningEmbedding(Weights weights, ControlNetSettings settings, int out, TorchKernels kernels) {
        List<Integer> channels = settings.embeddingChannels();
        this.convIn = Convolution.same(weights.at("conv_in"), RGB_CHANNELS, channels.get(0), kernels);
        for (int level = 0; level + 1 < channels.size(); level++) {
            int in = channels.get(level);
            blocks.add(Convolution.same(weights.at("blocks." + 2 * level), in, in, kernels));
            blocks.add(Convolution.downsampling(
                    weights.at("blocks." + (2 * level + 1)), in, channels.get(level + 1), 1, kernels));
        }
        this.convOut = Convolution.same(weights.at("conv_out"), channels.get(channels.size() - 1), out, kernels);
        this.kernels = kernels;
    }

    /**
     * @param image (image, 3, height, width) in [0, 1]
     * @return (image, channel, height, width) of the latents
     */
    NDArray forward(NDArray image) {
        return Scope.within(image, pixels -> {
            NDArray hidden = kernels.silu(convIn.forward(pixels));
            for (Convolution block : blocks) {
                hidden = kernels.silu(block.forward(hidden));
            }
            return convOut.forward(hidden);
        });
    }
}
