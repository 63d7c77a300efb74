package org.atelier.diffusion.sampling;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.atelier.models.safetensors.FloatTensor;

/**
 * Stores the progress of inversion and denoising, so that a set can be resumed after a crash and gives bit-identical images.
 * Called on the generation thread.
 */
public interface Checkpoint {

    /** Returns the state to resume from; empty to start from noise. Called before the first step. */
    Optional<DenoisingState> last();

    /**
     * Called after every step of the set. An exception ends the generation.
     *
     * @param done completed steps, from 1 to {@code steps}
     * @param state copies the state to the Java heap; valid only until this method returns
     */
    void stepCompleted(int done, int steps, Supplier<DenoisingState> state);

    /**
     * Returns the state to resume the inversion of a reference from; empty to start from the image. Called before the
     * inversion.
     *
     * @return latents from the noisiest to the clean ones, (1 + completed steps, channel, height, width)
     */
    default Optional<FloatTensor> lastInversion(int reference) {
        return Optional.empty();
    }

    /**
     * Called after every inversion step of a reference. An exception ends the generation.
     *
     * @param done completed steps, from 1 to {@code steps}
     * @param latents copies the latents of all steps to the Java heap, as {@link #lastInversion} returns them; valid
     *     only until this method returns
     */
    default void inversionStepCompleted(int reference, int done, int steps, Supplier<FloatTensor> latents) {
        // Nothing is stored.
    }

    /** The maximum chunk size since an earlier run of this set ran out of memory; empty if none did. */
    default OptionalInt maxChunk() {
        return OptionalInt.empty();
    }

    /** Called when a chunk did not fit in memory; from now on no chunk is larger than {@code maxChunk}. */
    default void chunkHalved(int maxChunk) {
        // Nothing is stored.
    }

    /** A checkpoint that stores nothing. */
    static Checkpoint none() {
        return new Checkpoint() {
            @Override
            public Optional<DenoisingState> last() {
                return Optional.empty();
            }

            @Override
            public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {
                // Nothing is stored.
            }
        };
    }
}
