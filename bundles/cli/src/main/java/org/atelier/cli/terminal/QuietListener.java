package org.atelier.cli.terminal;

import org.atelier.api.set.SetListener;

/** Prints nothing; passes on cancellation. */
public final class QuietListener implements SetListener {

    private final Cancellation cancellation;

    public QuietListener(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    @Override
    public boolean cancelled() {
        return cancellation.requested();
    }
}
