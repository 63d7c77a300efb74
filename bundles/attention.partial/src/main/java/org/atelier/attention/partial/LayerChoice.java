package org.atelier.attention.partial;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionLayer;

/** Which attentions of a network are chosen; asked once for each of them. */
@FunctionalInterface
interface LayerChoice {

    /**
     * Whether a layer is chosen.
     *
     * @throws AtelierException at the last self-attention, if the choice names what the network does not have
     */
    boolean includes(AttentionLayer layer);

    /**
     * The choice that a user made.
     *
     * @param level share of the layers that are not chosen, 0 to 1
     * @param blocks names of blocks; empty for no such choice
     * @param heights of feature maps; empty for no such choice
     * @throws AtelierException if more than one choice was made
     */
    static LayerChoice of(double level, List<String> blocks, List<Integer> heights) {
        List<String> made = new ArrayList<>();
        if (level != 0) {
            made.add("level");
        }
        if (!blocks.isEmpty()) {
            made.add("layers");
        }
        if (!heights.isEmpty()) {
            made.add("resolutions");
        }
        if (made.size() > 1) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "The attention 'partial' takes one of level, layers and resolutions, not %s together."
                            .formatted(String.join(" and ", made)));
        }
        if (!blocks.isEmpty()) {
            List<String> names = blocks.stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
            return new ListedLayers<>("block", names, AttentionLayer::block);
        }
        if (!heights.isEmpty()) {
            return new ListedLayers<>("self-attention of height", heights, AttentionLayer::height);
        }
        return layer -> !layer.isPlainAt(level);
    }
}
