package org.atelier.api.attention;

/**
 * An attention layer of the network.
 *
 * @param kind what its images attend to
 * @param index position among the layers of its kind in registration order (down blocks, up blocks, then the middle),
 *     from 0
 * @param count how many layers of its kind the network has
 * @param block {@code down0}, {@code down1}, … {@code up0}, … or {@code mid}
 * @param heads number of attention heads
 * @param height height of its feature map, in tokens
 * @param width width of its feature map, in tokens
 */
public record AttentionLayer(Kind kind, int index, int count, String block, int heads, int height, int width) {

    /** What an image attends to. */
    public enum Kind {
        /** To its own tokens. */
        SELF,
        /** To the tokens of its prompt. */
        CROSS,
        /** To its own tokens and those of its prompt together, as transformer models do (Esser et al. 2024). */
        JOINT
    }

    /**
     * Whether this layer keeps plain attention at a level. These layers are spread evenly over the layers of its kind
     * in registration order, as by {@code only_self_level} of the reference implementation.
     *
     * @param level share of the layers that stay plain, 0 to 1
     */
    public boolean isPlainAt(double level) {
        boolean mostPlain = level > 0.5;
        int chosen = (int) ((mostPlain ? 1 - level : level) * count);
        // A level below 1 / count chooses no layer; the reference implementation divides by zero.
        boolean isChosen = chosen > 0 && index % (count / chosen) == 0;
        return mostPlain != isChosen;
    }
}
