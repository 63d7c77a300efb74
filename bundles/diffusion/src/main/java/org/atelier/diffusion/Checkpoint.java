package org.atelier.diffusion;

import java.util.Optional;
import java.util.function.Supplier;

/** Keeps how far a set's denoising is, so that it goes on to the same bits after a crash. Called on the drawing thread. */
public interface Checkpoint {

    /** What was kept last, asked for before the first step; empty for a set that begins at its noise. */
    Optional<DenoisingState> last();

    /**
     * Every picture has taken a step. What throws here ends the drawing.
     *
     * @param done steps that are taken, from 1 to {@code steps}
     * @param state copies every picture's latents to Java's memory, and only until this returns
     */
    void reached(int done, int steps, Supplier<DenoisingState> state);

    /** Keeps nothing. */
    static Checkpoint none() {
        return new Checkpoint() {
            @Override
            public Optional<DenoisingState> last() {
                return Optional.empty();
            }

            @Override
            public void reached(int done, int steps, Supplier<DenoisingState> state) {
                // Nothing is kept.
            }
        };
    }
}
