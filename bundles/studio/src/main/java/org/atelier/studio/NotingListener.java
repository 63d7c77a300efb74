package org.atelier.studio;

import java.util.ArrayList;
import java.util.List;
import org.atelier.api.set.DrawnPicture;
import org.atelier.api.set.Preview;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;

/** Passes everything on and keeps what was noted, for the record. */
final class NotingListener implements SetListener {

    private final SetListener listener;
    private final List<String> notes = new ArrayList<>();

    NotingListener(SetListener listener) {
        this.listener = listener;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void started(SetRequest resolved) {
        listener.started(resolved);
    }

    @Override
    public void noted(String sentence) {
        notes.add(sentence);
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
