package org.atelier.diffusion.sampling;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.atelier.models.safetensors.FloatTensor;

/**
 * Keeps how far a set is, so that it goes on to the same bits after a crash: the inversion of its references, and its
 * denoising. Called on the generation thread.
 */
public interface Checkpoint {

    /** What was kept last, asked for before the first step; empty for a set that begins at its noise. */
    Optional<DenoisingState> last();

    /**
     * Every image has taken a step. What throws here ends the generation.
     *
     * @param done completed steps, from 1 to {@code steps}
     * @param state copies every image's latents to Java's memory, and only until this returns
     */
    void stepCompleted(int done, int steps, Supplier<DenoisingState> state);

    /**
     * What was kept last of a reference's inversion, asked for before it begins; empty for one that begins at its image.
     *
     * @return the noisiest latents first and last the clean ones: (1 + steps that were taken, channel, height, width)
     */
    default Optional<FloatTensor> lastInversion(int reference) {
        return Optional.empty();
    }

    /**
     * A reference has taken a step towards noise. What throws here ends the generation.
     *
     * @param done completed steps, from 1 to {@code steps}
     * @param latents copies those of all its steps to Java's memory, as {@link #lastInversion} returns them, and only
     *     until this returns
     */
    default void inversionStepCompleted(int reference, int done, int steps, Supplier<FloatTensor> latents) {
        // Nothing is kept.
    }

    /** How many images may pass together where the memory did not suffice for more before; empty where it always did. */
    default OptionalInt maxChunk() {
        return OptionalInt.empty();
    }

    /** The memory does not suffice; from now on no more than so many images pass together. */
    default void chunkHalved(int maxChunk) {
        // Nothing is kept.
    }

    /** Keeps nothing. */
    static Checkpoint none() {
        return new Checkpoint() {
            @Override
            public Optional<DenoisingState> last() {
                return Optional.empty();
            }

            @Override
            public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {
                // Nothing is kept.
            }
        };
    }
}
