package org.atelier.api.attention;

/**
 * Where a self-attention stands in the network.
 *
 * @param index position in registration order (down blocks, up blocks, then the middle), from 0
 * @param count how many self-attentions the network has
 * @param block {@code down0}, {@code down1}, … {@code up0}, … or {@code mid}
 * @param heads number of attention heads
 * @param height height of its feature map, in tokens
 * @param width width of its feature map, in tokens
 */
public record AttentionLayer(int index, int count, String block, int heads, int height, int width) {

    /**
     * Whether this layer is among those that stay plain at a level: evenly spread over the layers in registration
     * order, as the reference implementation's {@code only_self_level} spreads them.
     *
     * @param level share of the layers that stay plain, 0 to 1
     */
    public boolean isPlainAt(double level) {
        boolean most = level > 0.5;
        int chosen = (int) ((most ? 1 - level : level) * count);
        // Too small a level chooses no layer, where the reference implementation divides by zero.
        boolean isChosen = chosen > 0 && index % (count / chosen) == 0;
        return most != isChosen;
    }
}
