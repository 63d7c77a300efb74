package org.atelier.studio;

import org.atelier.api.set.ForwardingListener;
import org.atelier.api.set.SetListener;
import org.atelier.studio.folder.SetFiles;

/** Forwards every call and stores the notes with the set, for its record. */
final class RecordingListener extends ForwardingListener {

    private final SetFiles files;

    RecordingListener(SetListener listener, SetFiles files) {
        super(listener);
        this.files = files;
    }

    @Override
    public void noted(String sentence) {
        files.noted(sentence);
        super.noted(sentence);
    }
}
