package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.atelier.diffusion.layers.FeatureMap;
import org.atelier.diffusion.layers.GroupNorm;
import org.atelier.diffusion.layers.Linear;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Scope;
import org.atelier.tensor.TorchKernels;

/** Transformer blocks over the pixels of a feature map, with a residual connection. Rombach et al. 2022. */
final class SpatialTransformer {

    private static final double EPSILON = 1e-6;

    private final GroupNorm norm;
    private final Linear projectIn;
    private final List<TransformerBlock> blocks;
    private final Linear projectOut;

    /** @param layers registers the attention layers of each block in order */
    SpatialTransformer(
            Weights weights,
            UNetSettings settings,
            String block,
            int level,
            int depth,
            LayerRegistry layers,
            TorchKernels kernels) {
        int channels = settings.channels(level);
        this.norm = new GroupNorm(weights.at("norm"), channels, settings.groups(), EPSILON, kernels);
        this.projectIn = Linear.of(weights.at("proj_in"), channels, channels, kernels);
        List<TransformerBlock> stack = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            stack.add(new TransformerBlock(
                    weights.at("transformer_blocks." + i), settings, block, level, layers, kernels));
        }
        this.blocks = List.copyOf(stack);
        this.projectOut = Linear.of(weights.at("proj_out"), channels, channels, kernels);
    }

    /**
     * @param input (image, channel, height, width)
     * @param textEmbeddings (image, prompt token, text channel)
     * @return shaped as {@code input}
     */
    NDArray forward(NDArray input, NDArray textEmbeddings, AttentionProcessor processor) {
        return Scope.within(input, x -> {
            NDArray hidden = projectIn.forward(FeatureMap.toTokens(processor.normalise(norm, x)));
            for (TransformerBlock block : blocks) {
                NDArray next = block.forward(hidden, textEmbeddings, processor);
                hidden.close();
                hidden = next;
            }
            return FeatureMap.fromTokens(projectOut.forward(hidden), x.getShape())
                    .add(x);
        });
    }
}
