package org.atelier.studio.resolve;

import org.atelier.api.context.ReadingListener;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;

/** Reports the progress of one of several inputs as a part of the set's progress. */
final class ContextProgress implements ReadingListener {

    private static final int PARTS = 100;

    private final SetListener listener;
    private final int number;
    private final int count;

    /**
     * @param number the number of the input, from 0
     * @param count the number of inputs
     */
    ContextProgress(SetListener listener, int number, int count) {
        this.listener = listener;
        this.number = number;
        this.count = count;
    }

    @Override
    public void progressed(double fraction) {
        int done = number * PARTS + (int) Math.round(PARTS * Math.min(1, Math.max(0, fraction)));
        listener.progressed(new Progress(Progress.Phase.READING_CONTEXTS, done, count * PARTS));
    }

    @Override
    public boolean cancelled() {
        return listener.cancelled();
    }
}
