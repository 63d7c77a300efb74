package org.atelier.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.evaluation.EvaluationRequest;
import org.atelier.api.set.ForwardingListener;

/** Records the notes of all sets and forwards each distinct note once. */
final class UniqueNotesListener extends ForwardingListener implements EvaluationListener {

    private final EvaluationListener listener;
    private final Set<String> notes = new LinkedHashSet<>();

    UniqueNotesListener(EvaluationListener listener) {
        super(listener);
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
    public void resolved(EvaluationRequest request) {
        listener.resolved(request);
    }

    @Override
    public void setStarted(String variant, int number, int total) {
        listener.setStarted(variant, number, total);
    }

    @Override
    public void measuringStarted() {
        listener.measuringStarted();
    }
}
