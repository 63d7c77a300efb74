package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.atelier.diffusion.layers.Convolution;
import org.atelier.diffusion.layers.ResnetBlock;
import org.atelier.models.source.Weights;
import org.atelier.tensor.TorchKernels;

/**
 * An up block: residual blocks with skip connections, each followed by a transformer if the level has attention, then
 * upsampling.
 */
final class UpBlock {

    private final List<ResnetBlock> resnets = new ArrayList<>();
    private final List<SpatialTransformer> transformers = new ArrayList<>();
    private final Convolution upsample;
    private final TorchKernels kernels;

    /** @param block 0 for the lowest level, and upwards */
    UpBlock(Weights weights, UNetSettings settings, int block, LayerRegistry layers, TorchKernels kernels) {
        int level = settings.levels() - 1 - block;
        int out = settings.channels(level);
        int below = block == 0 ? out : settings.channels(level + 1);
        int above = settings.channels(Math.max(0, level - 1));
        int count = settings.layersPerBlock() + 1;
        for (int i = 0; i < count; i++) {
            int in = (i == 0 ? below : out) + (i == count - 1 ? above : out);
            resnets.add(new ResnetBlock(
                    weights.at("resnets." + i),
                    in,
                    out,
                    settings.timeChannels(),
                    settings.groups(),
                    settings.epsilon(),
                    kernels));
        }
        if (settings.attends().get(level)) {
            for (int i = 0; i < count; i++) {
                int depth = settings.upDepths().get(block).get(i);
                transformers.add(new SpatialTransformer(
                        weights.at("attentions." + i), settings, "up" + block, level, depth, layers, kernels));
            }
        }
        this.upsample = level == 0 ? null : Convolution.same(weights.at("upsamplers.0.conv"), out, out, kernels);
        this.kernels = kernels;
    }

    /**
     * @param hidden (image, in, height, width)
     * @param skips skip connections, consumed from the top
     * @return (image, out, 2 height, 2 width), the size of the next skip connection; of unchanged size at full
     *     resolution
     */
    NDArray forward(
            NDArray hidden, NDArray time, NDArray textEmbeddings, Deque<NDArray> skips, AttentionProcessor processor) {
        for (int i = 0; i < resnets.size(); i++) {
            NDArray skip = skips.pop();
            NDArray joined = hidden.concat(skip, 1);
            hidden.close();
            skip.close();
            hidden = resnets.get(i).forward(joined, time, processor);
            joined.close();
            if (!transformers.isEmpty()) {
                NDArray resolved = hidden;
                hidden = transformers.get(i).forward(resolved, textEmbeddings, processor);
                resolved.close();
            }
        }
        if (upsample != null) {
            Shape above = skips.element().getShape();
            NDArray larger = kernels.upsample(hidden, above.get(2), above.get(3));
            hidden.close();
            hidden = upsample.forward(larger);
            larger.close();
        }
        return hidden;
    }
}
