package org.atelier.studio;

import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;

/** Counts the components of a model as they are loaded. */
final class LoadingProgress {

    private final SetListener listener;
    private final int total;
    private int done;

    LoadingProgress(SetListener listener, int total) {
        this.listener = listener;
        this.total = total;
        report();
    }

    void loaded() {
        done++;
        report();
    }

    private void report() {
        listener.progressed(new Progress(Progress.Phase.LOADING_MODEL, done, total));
    }
}
