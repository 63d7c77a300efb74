package org.atelier.diffusion.autoencoder;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.atelier.diffusion.layers.Convolution;
import org.atelier.diffusion.layers.GroupNorm;
import org.atelier.diffusion.layers.ResnetBlock;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Scope;
import org.atelier.tensor.TorchKernels;

/**
 * Encodes an image to the moments of its latents: levels of residual blocks, each except the last followed by 2x
 * downsampling.
 */
final class Encoder {

    private final Convolution convIn;
    private final List<List<ResnetBlock>> levels = new ArrayList<>();
    private final List<Convolution> downsamples = new ArrayList<>();
    private final AutoencoderMidBlock middle;
    private final GroupNorm normOut;
    private final Convolution convOut;
    private final TorchKernels kernels;

    Encoder(Weights weights, AutoencoderSettings settings, TorchKernels kernels) {
        this.kernels = kernels;
        List<Integer> channels = settings.blockChannels();
        int lowest = settings.levels() - 1;
        this.convIn = Convolution.same(weights.at("conv_in"), 3, channels.get(0), kernels);
        for (int level = 0; level <= lowest; level++) {
            Weights block = weights.at("down_blocks." + level);
            int out = channels.get(level);
            List<ResnetBlock> resnets = new ArrayList<>();
            for (int i = 0; i < settings.layersPerBlock(); i++) {
                int in = i == 0 ? channels.get(Math.max(0, level - 1)) : out;
                resnets.add(Autoencoder.resnet(block.at("resnets." + i), in, out, settings.groups(), kernels));
            }
            levels.add(resnets);
            if (level < lowest) {
                downsamples.add(Convolution.downsampling(block.at("downsamplers.0.conv"), out, out, 0, kernels));
            }
        }
        this.middle = new AutoencoderMidBlock(weights.at("mid_block"), settings, kernels);
        this.normOut = new GroupNorm(
                weights.at("conv_norm_out"), channels.get(lowest), settings.groups(), Autoencoder.EPSILON, kernels);
        this.convOut =
                Convolution.same(weights.at("conv_out"), channels.get(lowest), 2 * settings.latentChannels(), kernels);
    }

    /**
     * @param image (image, 3, height, width) in [-1, 1]
     * @return (image, 2 latent channels, height / factor, width / factor): means, then log-variances
     */
    NDArray forward(NDArray image) {
        return Scope.within(image, x -> {
            NDArray hidden = convIn.forward(x);
            for (int level = 0; level < levels.size(); level++) {
                for (ResnetBlock resnet : levels.get(level)) {
                    hidden = Autoencoder.pass(resnet, hidden);
                }
                if (level < downsamples.size()) {
                    // diffusers pads at the bottom and right only.
                    hidden = downsamples.get(level).forward(kernels.pad(hidden, 0, 1, 0, 1));
                }
            }
            return convOut.forward(kernels.silu(normOut.forward(middle.forward(hidden))));
        });
    }
}
