package org.atelier.diffusion.unet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.atelier.api.attention.AttentionLayer;

/** The UNet's self-attentions in the order in which they are built, which is the reference implementation's. */
public final class LayerRegister {

    /**
     * @param block {@code down0}, … {@code up0}, … or {@code mid}
     * @param level how often the feature map was halved before it
     */
    private record Layer(String block, int level, int heads) {}

    private final List<Layer> layers = new ArrayList<>();

    /** Those that a UNet of that shape takes in when it is built, told without building it. */
    public static LayerRegister of(UNetSettings settings) {
        LayerRegister layers = new LayerRegister();
        int lowest = settings.levels() - 1;
        for (int level = 0; level <= lowest; level++) {
            int depth = settings.attends().get(level) ? settings.depths().get(level) : 0;
            layers.registerAll("down" + level, level, settings.heads(level), settings.layersPerBlock() * depth);
        }
        for (int block = 0; block <= lowest; block++) {
            int level = lowest - block;
            if (settings.attends().get(level)) {
                for (int depth : settings.upDepths().get(block)) {
                    layers.registerAll("up" + block, level, settings.heads(level), depth);
                }
            }
        }
        layers.registerAll(
                "mid", lowest, settings.heads(lowest), settings.depths().get(lowest));
        return layers;
    }

    private void registerAll(String block, int level, int heads, int count) {
        layers.addAll(Collections.nCopies(count, new Layer(block, level, heads)));
    }

    /** Takes in the next self-attention and gives its place. */
    int register(String block, int level, int heads) {
        layers.add(new Layer(block, level, heads));
        return layers.size() - 1;
    }

    /** All self-attentions, for latents of that height and width. */
    public List<AttentionLayer> layers(int height, int width) {
        List<AttentionLayer> described = new ArrayList<>();
        for (Layer layer : layers) {
            described.add(new AttentionLayer(
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
