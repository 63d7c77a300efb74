package org.atelier.api.set;

import org.osgi.annotation.versioning.ConsumerType;

/** Forwards every call to another listener; subclasses override what they change. */
@ConsumerType
public abstract class ForwardingListener implements SetListener {

    private final SetListener listener;

    protected ForwardingListener(SetListener listener) {
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
    public void inverted(Preview preview) {
        listener.inverted(preview);
    }

    @Override
    public void finished(GeneratedImage image) {
        listener.finished(image);
    }

    @Override
    public boolean cancelled() {
        return listener.cancelled();
    }
}
