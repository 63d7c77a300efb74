package org.atelier.metric.inception;

import java.util.ArrayList;
import java.util.List;
import org.atelier.api.metric.MeasuringListener;

/** Keeps the notes of a measurement. */
final class Notes implements MeasuringListener {

    final List<String> sentences = new ArrayList<>();

    @Override
    public void noted(String sentence) {
        sentences.add(sentence);
    }
}
