package org.atelier.diffusion.unet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;

/** The attention layers of a UNet in registration order, which is that of diffusers. */
public final class LayerRegistry {

    /**
     * @param block {@code down0}, … {@code up0}, … or {@code mid}
     * @param level number of halvings of the feature map
     */
    private record Layer(Kind kind, String block, int level, int heads) {}

    private final List<Layer> layers = new ArrayList<>();

    /** The layers that a UNet with these settings registers, without building it. */
    public static LayerRegistry of(UNetSettings settings) {
        LayerRegistry layers = new LayerRegistry();
        int lowest = settings.levels() - 1;
        for (int level = 0; level <= lowest; level++) {
            int depth = settings.attends().get(level) ? settings.depths().get(level) : 0;
            layers.registerBlocks("down" + level, level, settings.heads(level), settings.layersPerBlock() * depth);
        }
        for (int block = 0; block <= lowest; block++) {
            int level = lowest - block;
            if (settings.attends().get(level)) {
                for (int depth : settings.upDepths().get(block)) {
                    layers.registerBlocks("up" + block, level, settings.heads(level), depth);
                }
            }
        }
        layers.registerBlocks(
                "mid", lowest, settings.heads(lowest), settings.depths().get(lowest));
        return layers;
    }

    /** @param count number of transformer blocks, each with a self-attention and a cross-attention */
    private void registerBlocks(String block, int level, int heads, int count) {
        for (int i = 0; i < count; i++) {
            register(Kind.SELF, block, level, heads);
            register(Kind.CROSS, block, level, heads);
        }
    }

    /** Registers the next attention layer and returns its index. */
    int register(Kind kind, String block, int level, int heads) {
        layers.add(new Layer(kind, block, level, heads));
        return layers.size() - 1;
    }

    /**
     * Describes all layers for latents of the given height and width; the index of a layer counts layers of its kind.
     */
    public List<AttentionLayer> layers(int height, int width) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        List<AttentionLayer> descriptions = new ArrayList<>();
        for (Layer layer : layers) {
            int index = counts.merge(layer.kind, 1, Integer::sum) - 1;
            descriptions.add(new AttentionLayer(
                    layer.kind,
                    index,
                    count(layer.kind),
                    layer.block,
                    layer.heads,
                    halved(height, layer.level),
                    halved(width, layer.level)));
        }
        return List.copyOf(descriptions);
    }

    private int count(Kind kind) {
        return (int) layers.stream().filter(layer -> layer.kind == kind).count();
    }

    /** Each halving rounds up. */
    private static int halved(int side, int times) {
        return (side + (1 << times) - 1) >> times;
    }
}
