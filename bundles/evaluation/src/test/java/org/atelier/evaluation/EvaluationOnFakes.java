package org.atelier.evaluation;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.evaluation.EvaluationRequest;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.Measurement.Direction;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.metric.SetMetric;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;

/** An evaluator with a fake studio and fake metrics. */
final class EvaluationOnFakes {

    static final SetRequest POP_ART =
            SetRequest.builder().style("pop art").prompts("a <cat>", "a bird").build();

    final GenerationNothing studio = new GenerationNothing();
    final SetMetric brightness = new Brightness();
    final FakeMetrics metrics = new FakeMetrics();
    final List<PluginDescription> plugins = new ArrayList<>(installed());
    final ExperimentEvaluator evaluator =
            new ExperimentEvaluator(studio, new JsonLikeFormat(), metrics, () -> plugins, "1.2.3");
    final HearingListener listener = new HearingListener();
    final Path home;

    EvaluationOnFakes(Path home) {
        this.home = home;
    }

    /** Measures the red level of the first image. */
    static final class Brightness implements SetMetric {

        @Override
        public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
            return Measurement.ofPairs(
                            "Sum of levels", Direction.LOWER_IS_CLOSER, set, (i, j) -> level(set, i) + level(set, j))
                    .stream()
                    .toList();
        }

        private static int level(MeasuredSet set, int image) {
            return set.all().get(image).image().getRGB(0, 0) & 255;
        }
    }

    /** A metric whose model is missing. */
    static final class Missing implements SetMetric {

        @Override
        public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
            throw new IllegalStateException("asked although it refused");
        }

        @Override
        public void check() {
            throw new AtelierException(Code.MODEL_NOT_FOUND, "Get the model first.");
        }
    }

    static final class HearingListener implements EvaluationListener {
        final List<String> received = new ArrayList<>();
        int setsUntilCancelled = Integer.MAX_VALUE;

        @Override
        public void setStarted(String variant, int number, int total) {
            received.add(number + "/" + total + " " + variant);
        }

        @Override
        public void noted(String sentence) {
            received.add(sentence);
        }

        @Override
        public boolean cancelled() {
            return received.stream().filter(line -> line.contains("/")).count() > setsUntilCancelled;
        }
    }

    static final class JsonLikeFormat implements RequestFormat {

        @Override
        public String write(SetRequest request) {
            return "{\"attention\": \"" + request.sharing().attention() + "\", \"seed\": " + request.seed() + "}\n";
        }

        @Override
        public Map<String, String> defaults() {
            return Map.of();
        }

        @Override
        public SetRequest readBack(String written) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SetRequest read(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SetRequest read(String text, String name) {
            throw new UnsupportedOperationException();
        }
    }

    void assertRefused(String reason, SetRequest request, int seeds) {
        AtelierException fault = assertThrows(AtelierException.class, () -> ablate(request, seeds));
        assertTrue(fault.getMessage().contains(reason), fault.getMessage());
    }

    Evaluation ablate(SetRequest request, int seeds) {
        return ablate(request, seeds, "out");
    }

    Evaluation ablate(SetRequest request, int seeds, String folder) {
        return evaluate(Experiment.ABLATION, request, seeds, folder);
    }

    Evaluation evaluate(Experiment experiment, SetRequest request, int seeds, String folder) {
        return evaluator.evaluate(
                new EvaluationRequest(experiment, request, seeds, List.of()), home.resolve(folder), listener);
    }

    Evaluation measure(MetricSelection... chosen) {
        return evaluator.evaluate(
                new EvaluationRequest(Experiment.ABLATION, POP_ART, 1, List.of(chosen)), home.resolve("out"), listener);
    }

    private static List<PluginDescription> installed() {
        return List.of(
                plugin("blend", "apart", "ready"),
                plugin("blend", "linear", "ready"),
                plugin("blend", "torn", "refused"),
                plugin("metric", "brightness", "ready"));
    }

    private static PluginDescription plugin(String kind, String name, String state) {
        return new PluginDescription(kind, name, "1.0.0", "org.example." + name, state, "", "", List.of());
    }

    void install(String name, SetMetric metric) {
        metrics.here.put(name, metric);
    }
}
