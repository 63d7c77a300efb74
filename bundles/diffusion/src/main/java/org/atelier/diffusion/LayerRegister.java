package org.atelier.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.atelier.api.attention.SelfAttentionLayer;

/** The UNet's self-attentions in the order in which they are built, which is the reference implementation's. */
final class LayerRegister {

    /**
     * @param block {@code down0}, … {@code up0}, … or {@code mid}
     * @param level how often the feature map was halved before it
     */
    private record Layer(String block, int level, int heads) {}

    private final List<Layer> layers = new ArrayList<>();

    /** Takes in the next self-attention and gives its place. */
    int register(String block, int level, int heads) {
        layers.add(new Layer(block, level, heads));
        return layers.size() - 1;
    }

    /** All self-attentions, for latents of that height and width. */
    List<SelfAttentionLayer> layers(int height, int width) {
        List<SelfAttentionLayer> described = new ArrayList<>();
        for (Layer layer : layers) {
            described.add(new SelfAttentionLayer(
                    described.size(),
                    layers.size(),
                    layer.block,
                    layer.heads,
                    halved(height, layer.level),
                    halved(width, layer.level)));
        }
        return List.copyOf(described);
    }

    /** Each halving rounds up. */
    private static int halved(int side, int times) {
        return (side + (1 << times) - 1) >> times;
    }
}
