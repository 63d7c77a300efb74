package org.atelier.diffusion.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.window.View;

/**
 * The chunks of a set. If a chunk does not fit in memory, it and all chunks that are larger than its half are split
 * permanently, and its pass is repeated.
 */
final class Chunks {

    private final Function<List<View>, Chunk> factory;
    private final Checkpoint checkpoint;
    private final GenerationListener listener;
    private List<Chunk> chunks;

    /**
     * @param factory creates a chunk of views with the same attention
     * @param checkpoint stores the chunk size
     * @param listener notified when chunks are halved
     */
    Chunks(
            List<Chunk> chunks,
            Function<List<View>, Chunk> factory,
            Checkpoint checkpoint,
            GenerationListener listener) {
        this.chunks = chunks;
        this.factory = factory;
        this.checkpoint = checkpoint;
        this.listener = listener;
    }

    /** The distinct attentions of the chunks. */
    List<LayerAttentions> attentions() {
        return chunks.stream().map(Chunk::attentions).distinct().toList();
    }

    /**
     * Runs a pass for every chunk.
     *
     * @param step counted from 0
     * @param pass may throw {@link EngineOutOfMemoryException} only if it has changed no state
     */
    void forEach(int step, Consumer<Chunk> pass) {
        int passed = 0;
        while (passed < chunks.size()) {
            Chunk chunk = chunks.get(passed);
            try {
                pass.accept(chunk);
                passed++;
            } catch (EngineOutOfMemoryException e) {
                if (!chunk.isDivisible()) {
                    throw e;
                }
                int maxChunk = (chunk.views().size() + 1) / 2;
                listener.noted("Not enough memory for chunks of %d images; from step %d on the chunk size is %d."
                        .formatted(chunk.views().size(), step + 1, maxChunk));
                checkpoint.chunkHalved(maxChunk);
                passed = halve(maxChunk, passed);
            }
        }
    }

    /**
     * Splits all chunks that are larger than {@code maxChunk}.
     *
     * @param passed how many chunks have completed this step
     * @return how many of the new chunks have completed this step
     */
    private int halve(int maxChunk, int passed) {
        List<Chunk> smaller = new ArrayList<>();
        int completed = 0;
        for (int i = 0; i < chunks.size(); i++) {
            if (i == passed) {
                completed = smaller.size();
            }
            smaller.addAll(split(chunks.get(i), maxChunk));
        }
        chunks = smaller;
        return completed;
    }

    private List<Chunk> split(Chunk chunk, int maxChunk) {
        List<View> views = chunk.views();
        if (views.size() <= maxChunk) {
            return List.of(chunk);
        }
        List<Chunk> parts = new ArrayList<>();
        for (int first = 0; first < views.size(); first += maxChunk) {
            parts.add(factory.apply(views.subList(first, Math.min(views.size(), first + maxChunk))));
        }
        return parts;
    }
}
