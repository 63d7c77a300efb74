package org.atelier.cli.commands;

import java.util.List;
import java.util.Map;
import org.atelier.api.evaluation.Evaluation.UsedMetric;
import org.atelier.api.evaluation.MeasuringRequest;
import org.atelier.api.evaluation.SetEvaluator;
import org.atelier.api.evaluation.SetMeasurements;
import org.atelier.api.evaluation.SetMeasurements.MetricMeasurement;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.Measurement.Direction;
import org.atelier.api.metric.Measurement.Part;
import org.atelier.api.metric.MeasuringListener;

/** Records its request and returns two figures. */
final class FakeSetEvaluator implements SetEvaluator {

    MeasuringRequest request;

    @Override
    public SetMeasurements measure(MeasuringRequest given, MeasuringListener listener) {
        request = given;
        listener.noted("The metric 'dino' is skipped: Get the model first.");
        listener.throwIfCancelled();
        Measurement prompt = new Measurement(
                "prompt",
                "Prompt, by tiny (cosine)",
                Direction.HIGHER_IS_CLOSER,
                0.25,
                List.of(new Part(List.of(0), 0.375), new Part(List.of(1), 0.125)));
        Measurement pairs = new Measurement(
                "pairs",
                "Palette, all pairs (ΔE)",
                Direction.LOWER_IS_CLOSER,
                6.5,
                List.of(new Part(List.of(0, 1), 6.5)));
        return new SetMeasurements(
                given.files(),
                List.of(
                        new UsedMetric("clip", Map.of("model", "tiny"), "tiny"),
                        new UsedMetric("palette", Map.of(), null)),
                List.of(new MetricMeasurement("clip", prompt), new MetricMeasurement("palette", pairs)));
    }
}
