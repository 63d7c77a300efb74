package org.atelier.onnx.encoders;

import java.util.ArrayList;
import java.util.List;
import org.atelier.api.metric.MeasuringListener;

/** Keeps the notes of a measurement. */
public final class RecordedNotes implements MeasuringListener {

    public final List<String> sentences = new ArrayList<>();

    @Override
    public void noted(String sentence) {
        sentences.add(sentence);
    }
}
