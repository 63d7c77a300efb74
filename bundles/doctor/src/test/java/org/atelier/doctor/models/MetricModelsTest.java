package org.atelier.doctor.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelFiles;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.RequiredModels;
import org.atelier.api.set.SetRequest;
import org.atelier.doctor.LoggedEntries;
import org.junit.jupiter.api.Test;

class MetricModelsTest {

    private final List<PluginDescription> installed = new ArrayList<>();

    @Test
    void namesTheMetricWhoseModelIsMissing() {
        install("metric", "palette", "ready");
        install("metric", "here", "ready");
        install("metric", "absent", "ready");

        assertEquals(
                List.of(
                        "WARN metric.absent: Evaluations leave it out. No model absent: pull it. Fetch the model, or name"
                                + " another one in the metric's configuration.",
                        "OK metric models: 2 models of metrics were checked."),
                examine());
    }

    @Test
    void ignoresOtherPluginsAndSupersededMetrics() {
        install("context", "absent", "ready");
        install("metric", "absent", "superseded");

        assertEquals(List.of("OK metric models: 0 models of metrics were checked."), examine());
    }

    private void install(String kind, String name, String state) {
        installed.add(new PluginDescription(kind, name, "1.0.0", "org.example." + name, state, "", "", List.of()));
    }

    private List<String> examine() {
        return LoggedEntries.of(new MetricModels(() -> installed, new OneModelEach(), new InstalledOne()).execute());
    }

    /** Every metric but {@code palette} runs a model of its own name. */
    private static final class OneModelEach implements RequiredModels {

        @Override
        public List<String> ofMetrics(List<MetricSelection> metrics) {
            return metrics.stream()
                    .map(MetricSelection::name)
                    .filter(name -> !name.equals("palette"))
                    .toList();
        }

        @Override
        public List<String> ofSet(SetRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> ofContexts(SetRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> ofPreprocessing(String model, ControlInput control) {
            throw new UnsupportedOperationException();
        }
    }

    /** The model {@code here} alone. */
    private static final class InstalledOne implements ModelFiles {

        @Override
        public Path folder(String name) {
            if (name.equals("here")) {
                return Path.of("/models/here");
            }
            throw new AtelierException(Code.MODEL_NOT_FOUND, "No model %s: pull it.".formatted(name));
        }

        @Override
        public List<InstalledModel> installed() {
            return List.of();
        }
    }
}
