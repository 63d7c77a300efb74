package org.atelier.diffusion.unet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;

/** The UNet's attentions in the order in which they are built, which is the reference implementation's. */
public final class LayerRegistry {

    /**
     * @param block {@code down0}, … {@code up0}, … or {@code mid}
     * @param level how often the feature map was halved before it
     */
    private record Layer(Kind kind, String block, int level, int heads) {}

    private final List<Layer> layers = new ArrayList<>();

    /** Those that a UNet of that shape takes in when it is built, told without building it. */
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

    /** @param count of transformer blocks, each with a self-attention and a cross-attention */
    private void registerBlocks(String block, int level, int heads, int count) {
        for (int i = 0; i < count; i++) {
            register(Kind.SELF, block, level, heads);
            register(Kind.CROSS, block, level, heads);
        }
    }

    /** Takes in the next attention and gives its place. */
    int register(Kind kind, String block, int level, int heads) {
        layers.add(new Layer(kind, block, level, heads));
        return layers.size() - 1;
    }

    /** All attentions, for latents of that height and width; each is counted among those of its kind. */
    public List<AttentionLayer> layers(int height, int width) {
        Map<Kind, Integer> seen = new EnumMap<>(Kind.class);
        List<AttentionLayer> described = new ArrayList<>();
        for (Layer layer : layers) {
            int index = seen.merge(layer.kind, 1, Integer::sum) - 1;
            described.add(new AttentionLayer(
                    layer.kind,
                    index,
                    count(layer.kind),
                    layer.block,
                    layer.heads,
                    halved(height, layer.level),
                    halved(width, layer.level)));
        }
        return List.copyOf(described);
    }

    private int count(Kind kind) {
        return (int) layers.stream().filter(layer -> layer.kind == kind).count();
    }

    /** Each halving rounds up. */
    private static int halved(int side, int times) {
        return (side + (1 << times) - 1) >> times;
    }
}
