package org.atelier.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.atelier.api.evaluation.AblationRequest;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.set.DrawnPicture;
import org.atelier.api.set.Preview;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetRequest;

/** Passes everything on, a sentence that several sets give rise to only once, and keeps the sentences. */
final class NotingListener implements EvaluationListener {

    private final EvaluationListener listener;
    private final Set<String> notes = new LinkedHashSet<>();

    NotingListener(EvaluationListener listener) {
        this.listener = listener;
    }

    List<String> notes() {
        return new ArrayList<>(notes);
    }

    @Override
    public void noted(String sentence) {
        if (notes.add(sentence)) {
            listener.noted(sentence);
        }
    }

    @Override
    public void resolved(AblationRequest request) {
        listener.resolved(request);
    }

    @Override
    public void began(String variant, int number, int total) {
        listener.began(variant, number, total);
    }

    @Override
    public void measuring() {
        listener.measuring();
    }

    @Override
    public void started(SetRequest resolved) {
        listener.started(resolved);
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
