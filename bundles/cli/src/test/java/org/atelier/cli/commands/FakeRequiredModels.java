package org.atelier.cli.commands;

import java.util.ArrayList;
import java.util.List;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.RequiredModels;
import org.atelier.api.set.SetRequest;

/** Returns the same models for every request, context and control, and for a metric the model with its name. */
final class FakeRequiredModels implements RequiredModels {

    final List<String> names = new ArrayList<>();

    @Override
    public List<String> ofSet(SetRequest request) {
        return names;
    }

    @Override
    public List<String> ofContexts(SetRequest request) {
        return names;
    }

    @Override
    public List<String> ofPreprocessing(String model, ControlInput control) {
        return names;
    }

    @Override
    public List<String> ofMetrics(List<MetricSelection> metrics) {
        return metrics.stream().map(metric -> "model-of-" + metric.name()).toList();
    }
}
