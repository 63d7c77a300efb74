package org.atelier.diffusion.schedule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.List;

/** One array that a trajectory keeps from step to step: its own copy, whatever becomes of the one it was given. */
final class MultistepHistory {

    private final NDManager memory;
    private NDArray kept;

    MultistepHistory(NDManager memory) {
        this.memory = memory;
    }

    boolean isEmpty() {
        return kept == null;
    }

    NDArray get() {
        return kept;
    }

    /** Keeps a copy of this array in the place of what was kept. */
    void remember(NDArray array) {
        NDArray copy = array.duplicate();
        NDScope.unregister(copy);
        copy.attach(memory);
        forget();
        kept = copy;
    }

    void forget() {
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }

    /** What several keep, where the later ones are filled after the earlier ones. */
    static List<NDArray> arrays(MultistepHistory... several) {
        return Arrays.stream(several)
                .filter(one -> !one.isEmpty())
                .map(MultistepHistory::get)
                .toList();
    }

    /** Gives copies back to those that {@link #arrays} had them of. */
    static void take(List<NDArray> arrays, MultistepHistory... several) {
        for (int i = 0; i < arrays.size(); i++) {
            several[i].remember(arrays.get(i));
        }
    }
}
