package org.atelier.studio;

import org.atelier.api.set.DrawnPicture;
import org.atelier.api.set.Preview;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;

/** Passes everything on, and ends a set whose plugins were waited for long enough. */
final class HoldingListener implements SetListener {

    private final SetListener listener;
    private final PluginLeases leases;

    HoldingListener(SetListener listener, PluginLeases leases) {
        this.listener = listener;
        this.leases = leases;
    }

    @Override
    public void started(SetRequest resolved) {
        listener.started(resolved);
    }

    @Override
    public void noted(String sentence) {
        listener.noted(sentence);
    }

    @Override
    public void progressed(Progress progress) {
        listener.progressed(progress);
    }

    @Override
    public void previewed(Preview preview) {
        listener.previewed(preview);
    }

    @Override
    public void finished(DrawnPicture picture) {
        listener.finished(picture);
    }

    /** @throws org.atelier.api.AtelierException {@code PLUGIN_WITHDRAWN} if so */
    @Override
    public boolean cancelled() {
        leases.throwIfRecalled();
        return listener.cancelled();
    }
}
