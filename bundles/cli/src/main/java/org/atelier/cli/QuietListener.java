package org.atelier.cli;

import org.atelier.api.set.SetListener;

/** Says nothing, and ends the set when the user wishes it. */
final class QuietListener implements SetListener {

    private final Cancellation cancellation;

    QuietListener(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    @Override
    public boolean cancelled() {
        return cancellation.requested();
    }
}
