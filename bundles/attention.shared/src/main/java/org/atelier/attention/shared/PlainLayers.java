package org.atelier.attention.shared;

/** Which self-attentions stay plain at a level: evenly spread over the layers in registration order. */
final class PlainLayers {

    private PlainLayers() {}

    /**
     * @param index of the layer, from 0
     * @param count of layers
     * @param level share of the layers that stay plain, 0 to 1
     */
    static boolean includes(int index, int count, double level) {
        boolean most = level > 0.5;
        int chosen = (int) ((most ? 1 - level : level) * count);
        // Too small a level chooses no layer, where the reference implementation divides by zero.
        boolean isChosen = chosen > 0 && index % (count / chosen) == 0;
        return most != isChosen;
    }
}
