package org.atelier.diffusion.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.atelier.diffusion.layers.Convolution;
import org.atelier.diffusion.layers.GroupNorm;
import org.atelier.diffusion.layers.ResnetBlock;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Scope;
import org.atelier.tensor.TorchKernels;

/** Decodes latents to an image: levels of residual blocks, each except the last followed by 2x upsampling. */
final class Decoder {

    private final Convolution convIn;
    private final AutoencoderMidBlock middle;
    private final List<List<ResnetBlock>> levels = new ArrayList<>();
    private final List<Convolution> upsamples = new ArrayList<>();
    private final GroupNorm normOut;
    private final Convolution convOut;
    private final TorchKernels kernels;

    Decoder(Weights weights, AutoencoderSettings settings, TorchKernels kernels) {
        this.kernels = kernels;
        List<Integer> channels = settings.blockChannels();
        int lowest = settings.levels() - 1;
        this.convIn = Convolution.same(weights.at("conv_in"), settings.latentChannels(), channels.get(lowest), kernels);
        this.middle = new AutoencoderMidBlock(weights.at("mid_block"), settings, kernels);
        for (int i = 0; i <= lowest; i++) {
            Weights block = weights.at("up_blocks." + i);
            int out = channels.get(lowest - i);
            List<ResnetBlock> resnets = new ArrayList<>();
            for (int j = 0; j <= settings.layersPerBlock(); j++) {
                int in = j == 0 ? channels.get(Math.min(lowest, lowest - i + 1)) : out;
                resnets.add(Autoencoder.resnet(block.at("resnets." + j), in, out, settings.groups(), kernels));
            }
            levels.add(resnets);
            if (i < lowest) {
                upsamples.add(Convolution.same(block.at("upsamplers.0.conv"), out, out, kernels));
            }
        }
        this.normOut = new GroupNorm(
                weights.at("conv_norm_out"), channels.get(0), settings.groups(), Autoencoder.EPSILON, kernels);
        this.convOut = Convolution.same(weights.at("conv_out"), channels.get(0), 3, kernels);
    }

    /**
     * @param latents (image, latent channel, height, width)
     * @return (image, 3, factor · height, factor · width), about [-1, 1]
     */
    NDArray forward(NDArray latents) {
        return Scope.within(latents, x -> {
            NDArray hidden = middle.forward(convIn.forward(x));
            for (int level = 0; level < levels.size(); level++) {
                for (ResnetBlock resnet : levels.get(level)) {
                    hidden = Autoencoder.pass(resnet, hidden);
                }
                if (level < upsamples.size()) {
                    Shape shape = hidden.getShape();
                    NDArray larger = kernels.upsample(hidden, 2 * shape.get(2), 2 * shape.get(3));
                    hidden.close();
                    hidden = upsamples.get(level).forward(larger);
                    larger.close();
                }
            }
            return convOut.forward(kernels.silu(normOut.forward(hidden)));
        });
    }
}
