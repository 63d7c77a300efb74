package org.atelier.diffusion.denoising;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.diffusion.attention.LayerAttentions;

/**
 * Divides views into chunks of a size. All views of a chunk have the same attention. If words are observed, no two views of
 * an image share a chunk, since a strategy requests the map by image.
 */
final class ChunkBuilder {

    private final int size;

    /** @param size maximum number of views in a chunk, at least 1 */
    ChunkBuilder(int size) {
        this.size = size;
    }

    /** The chunks of some views, ordered by the first view of each attention. */
    List<Chunk> chunks(List<EncodedView> views) {
        Map<LayerAttentions, List<EncodedView>> byAttention = views.stream()
                .collect(Collectors.groupingBy(EncodedView::attentions, LinkedHashMap::new, Collectors.toList()));
        return byAttention.values().stream()
                .flatMap(together -> divided(together).stream())
                .toList();
    }

    /** @param together views with the same attention, at least one */
    private List<Chunk> divided(List<EncodedView> together) {
        boolean apart = together.get(0).attentions().observesWords();
        List<Chunk> chunks = new ArrayList<>();
        List<EncodedView> next = new ArrayList<>();
        for (EncodedView view : together) {
            if (next.size() == size || (apart && hasViewOf(view.image(), next))) {
                chunks.add(new Chunk(next));
                next = new ArrayList<>();
            }
            next.add(view);
        }
        chunks.add(new Chunk(next));
        return chunks;
    }

    private static boolean hasViewOf(int image, List<EncodedView> views) {
        return views.stream().anyMatch(view -> view.image() == image);
    }
}
