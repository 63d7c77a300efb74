package org.atelier.studio;

import org.atelier.api.set.SetListener;

/** Passes everything on and keeps what is noted with the set, for its record. */
final class NotingListener extends PassingListener {

    private final SetFiles files;

    NotingListener(SetListener listener, SetFiles files) {
        super(listener);
        this.files = files;
    }

    @Override
    public void noted(String sentence) {
        files.noted(sentence);
        super.noted(sentence);
    }
}
