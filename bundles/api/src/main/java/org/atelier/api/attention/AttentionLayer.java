package org.atelier.api.attention;

/**
 * Where an attention stands in the network.
 *
 * @param kind to what its images attend
 * @param index position among the layers of its kind in registration order (down blocks, up blocks, then the middle),
 *     from 0
 * @param count how many layers of its kind the network has
 * @param block {@code down0}, {@code down1}, … {@code up0}, … or {@code mid}
 * @param heads number of attention heads
 * @param height height of its feature map, in tokens
 * @param width width of its feature map, in tokens
 */
public record AttentionLayer(Kind kind, int index, int count, String block, int heads, int height, int width) {

    /** To what an image attends. */
    public enum Kind {
        /** To its own tokens. */
        SELF,
        /** To the tokens of its prompt. */
        CROSS,
        /** To its own tokens and those of its prompt together, as transformer models do (Esser et al. 2024). */
        JOINT
    }

    /**
     * Whether this layer is among those that stay plain at a level: evenly spread over the layers of its kind in
     * registration order, as the reference implementation's {@code only_self_level} spreads them.
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
