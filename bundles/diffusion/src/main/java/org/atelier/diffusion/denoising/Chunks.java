package org.atelier.diffusion.denoising;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.EngineOutOfMemoryException;

/**
 * The chunks of a set. If a chunk does not fit in memory, it and all chunks that are larger than its half are split
 * permanently, and its pass is repeated.
 */
final class Chunks {

    private final DenoisingProgress progress;
    private final Checkpoint checkpoint;
    private List<Chunk> chunks;

    /**
     * @param progress notified when chunks are halved
     * @param checkpoint stores the chunk size
     */
    Chunks(List<Chunk> chunks, DenoisingProgress progress, Checkpoint checkpoint) {
        this.chunks = chunks;
        this.progress = progress;
        this.checkpoint = checkpoint;
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
                progress.chunksHalved(chunk.views().size(), maxChunk, step);
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
            smaller.addAll(chunks.get(i).split(maxChunk));
        }
        chunks = smaller;
        return completed;
    }
}
