package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.atelier.diffusion.layers.Convolution;
import org.atelier.diffusion.layers.ResnetBlock;
import org.atelier.models.source.Weights;
import org.atelier.tensor.TorchKernels;

/** A down block: residual blocks, each followed by a transformer if the level has attention, then downsampling. */
final class DownBlock {

    private final List<ResnetBlock> resnets = new ArrayList<>();
    private final List<SpatialTransformer> transformers = new ArrayList<>();
    private final Convolution downsample;

    DownBlock(Weights weights, UNetSettings settings, int level, LayerRegistry layers, TorchKernels kernels) {
        int out = settings.channels(level);
        int in = level == 0 ? out : settings.channels(level - 1);
        for (int i = 0; i < settings.layersPerBlock(); i++) {
            resnets.add(new ResnetBlock(
                    weights.at("resnets." + i),
                    i == 0 ? in : out,
                    out,
                    settings.timeChannels(),
                    settings.groups(),
                    settings.epsilon(),
                    kernels));
        }
        if (settings.attends().get(level)) {
            int depth = settings.depths().get(level);
            for (int i = 0; i < settings.layersPerBlock(); i++) {
                transformers.add(new SpatialTransformer(
                        weights.at("attentions." + i), settings, "down" + level, level, depth, layers, kernels));
            }
        }
        boolean lowest = level == settings.levels() - 1;
        this.downsample =
                lowest ? null : Convolution.downsampling(weights.at("downsamplers.0.conv"), out, out, 1, kernels);
    }

    /**
     * @param hidden (image, in, height, width)
     * @param skips receives the skip connections for the up blocks, the last on top
     * @return (image, out, height / 2, width / 2), or of unchanged size at the lowest level
     */
    NDArray forward(
            NDArray hidden, NDArray time, NDArray textEmbeddings, Deque<NDArray> skips, AttentionProcessor processor) {
        for (int i = 0; i < resnets.size(); i++) {
            hidden = resnets.get(i).forward(hidden, time, processor);
            if (!transformers.isEmpty()) {
                NDArray resolved = hidden;
                hidden = transformers.get(i).forward(resolved, textEmbeddings, processor);
                resolved.close();
            }
            skips.push(hidden);
        }
        if (downsample != null) {
            hidden = downsample.forward(hidden);
            skips.push(hidden);
        }
        return hidden;
    }
}
