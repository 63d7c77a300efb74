package org.atelier.plugins;

import org.atelier.api.set.DrawnPicture;
import org.atelier.api.set.Preview;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;

/** Passes everything on to another listener. */
public abstract class ForwardingListener implements SetListener {

    private final SetListener listener;

    public ForwardingListener(SetListener listener) {
        this.listener = listener;
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

    @Override
    public boolean cancelled() {
        return listener.cancelled();
    }
}
