package org.atelier.attention.partial;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionLayer;

/** Selects attention layers of a network; called once for each layer. */
@FunctionalInterface
interface LayerChoice {

    /**
     * Whether a layer is selected.
     *
     * @throws AtelierException at the last self-attention layer, if the network lacks a selected block or height
     */
    boolean includes(AttentionLayer layer);

    /**
     * Creates the selection from the options.
     *
     * @param level fraction of the layers that are not selected, 0 to 1
     * @param blocks names of blocks; empty if unset
     * @param heights of feature maps; empty if unset
     * @throws AtelierException if more than one is set
     */
    static LayerChoice of(double level, List<String> blocks, List<Integer> heights) {
        List<String> given = new ArrayList<>();
        if (level != 0) {
            given.add("level");
        }
        if (!blocks.isEmpty()) {
            given.add("layers");
        }
        if (!heights.isEmpty()) {
            given.add("resolutions");
        }
        if (given.size() > 1) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "The attention 'partial' accepts only one of level, layers and resolutions, not %s together."
                            .formatted(String.join(" and ", given)));
        }
        if (!blocks.isEmpty()) {
            List<String> names = blocks.stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
            return new ListedLayers<>("self-attention block", names, AttentionLayer::block);
        }
        if (!heights.isEmpty()) {
            return new ListedLayers<>("self-attention of height", heights, AttentionLayer::height);
        }
        return layer -> !layer.isPlainAt(level);
    }
}
