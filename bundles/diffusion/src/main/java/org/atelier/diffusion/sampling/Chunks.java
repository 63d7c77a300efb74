package org.atelier.diffusion.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.atelier.diffusion.attention.LayerAttentions;

/**
 * The chunks in which a set's images pass the network. Where the memory does not suffice for one of them, it and all
 * that are as large are halved for good, and its pass is tried again.
 */
final class Chunks {

    private final Function<List<Integer>, Chunk> joining;
    private final Checkpoint checkpoint;
    private final GenerationListener listener;
    private List<Chunk> each;

    /**
     * @param joining makes a chunk of images that attend alike
     * @param checkpoint remembers that chunks were halved
     * @param listener told when they are
     */
    Chunks(
            List<Chunk> each,
            Function<List<Integer>, Chunk> joining,
            Checkpoint checkpoint,
            GenerationListener listener) {
        this.each = each;
        this.joining = joining;
        this.checkpoint = checkpoint;
        this.listener = listener;
    }

    /** The ways in which the images attend, each once. */
    List<LayerAttentions> attentions() {
        return each.stream().map(Chunk::attentions).distinct().toList();
    }

    /**
     * Lets every chunk pass.
     *
     * @param step counted from 0
     * @param pass throws {@link OutOfMemoryTranslation} only where it has changed nothing
     */
    void forEach(int step, Consumer<Chunk> pass) {
        int passed = 0;
        while (passed < each.size()) {
            Chunk chunk = each.get(passed);
            try {
                pass.accept(chunk);
                passed++;
            } catch (OutOfMemoryTranslation spent) {
                if (!chunk.isDivisible()) {
                    throw spent;
                }
                int most = (chunk.images().size() + 1) / 2;
                listener.noted("The memory does not suffice for %d images at once; from step %d on %d pass together."
                        .formatted(chunk.images().size(), step + 1, most));
                checkpoint.chunkHalved(most);
                passed = halve(most, passed);
            }
        }
    }

    /** @return how many of the smaller chunks have passed, of those that {@code passed} were */
    private int halve(int most, int passed) {
        List<Chunk> smaller = new ArrayList<>();
        int through = 0;
        for (int i = 0; i < each.size(); i++) {
            if (i == passed) {
                through = smaller.size();
            }
            smaller.addAll(parts(each.get(i), most));
        }
        each = smaller;
        return through;
    }

    private List<Chunk> parts(Chunk chunk, int most) {
        List<Integer> images = chunk.images();
        if (images.size() <= most) {
            return List.of(chunk);
        }
        List<Chunk> parts = new ArrayList<>();
        for (int first = 0; first < images.size(); first += most) {
            parts.add(joining.apply(images.subList(first, Math.min(images.size(), first + most))));
        }
        return parts;
    }
}
