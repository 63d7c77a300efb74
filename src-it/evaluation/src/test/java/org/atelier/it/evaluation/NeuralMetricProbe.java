package org.atelier.it.evaluation;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.evaluation.EvaluationRequest;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * Measures the sets of the fixtures with the metric of {@code embedding.jar}, with and without its model. Each case gives
 * the record that was written, or the code and message of the error, then the number of sets generated and the notes.
 */
public final class NeuralMetricProbe implements Callable<Map<String, List<String>>>, EvaluationListener {

    private static final String METRIC = "embedding";

    private final BundleContext context =
            FrameworkUtil.getBundle(NeuralMetricProbe.class).getBundleContext();
    private final Path home = Path.of(context.getProperty("atelier.home"));
    private final Path fixtures = Path.of(System.getProperty("neural.fixtures"));
    private final FixtureStudio studio = new FixtureStudio(fixtures);
    private final List<String> notes = new ArrayList<>();
    private final Map<String, List<String>> cases = new LinkedHashMap<>();

    @Override
    public Map<String, List<String>> call() throws Exception {
        Path model = fixtures.resolve("tiny-embedder");
        context.registerService(Studio.class, studio, null);
        context.registerService(RequestFormat.class, new NamingFormat(), null);
        Bundle bundle = install(home.resolve("embedding.jar"));
        try {
            measure("alone without its model", MetricSelection.of(METRIC));
            measure("chosen without its model", MetricSelection.of(METRIC), MetricSelection.of("palette"));
            measure("every metric, without its model");
            measure(
                    "unknown",
                    new MetricSelection(METRIC, Map.of("sides", "16")),
                    new MetricSelection("palette", Map.of("side", "16")),
                    MetricSelection.of("beauty"));
            measure(
                    "with a model by its folder",
                    new MetricSelection(METRIC, Map.of("model", model.toString(), "side", "32")));
            Files.createSymbolicLink(home.resolve("models/tiny-embedder"), model);
            measure("chosen with its model", MetricSelection.of(METRIC));
            measure("every metric");
        } finally {
            bundle.uninstall();
        }
        return cases;
    }

    private Bundle install(Path jar) throws Exception {
        try (InputStream content = Files.newInputStream(jar)) {
            Bundle bundle = context.installBundle("test:embedding", content);
            bundle.start();
            return bundle;
        }
    }

    private void measure(String title, MetricSelection... chosen) throws Exception {
        SetRequest set = SetRequest.builder()
                .prompts("a house", "a fish", "a cup", "a boat")
                .build();
        Evaluator evaluator = context.getService(context.getServiceReference(Evaluator.class));
        String outcome;
        try {
            // The folder that a studio would have created.
            Path folder = Files.createDirectory(home.resolve("evaluation-" + cases.size()));
            EvaluationRequest request = new EvaluationRequest(Experiment.ABLATION, set, 1, Arrays.asList(chosen));
            outcome = Files.readString(evaluator.evaluate(request, folder, this).record());
        } catch (AtelierException e) {
            outcome = e.code() + ": " + e.getMessage();
        }
        List<String> messages = new ArrayList<>(List.of(outcome, String.valueOf(studio.generated())));
        messages.addAll(notes);
        notes.clear();
        cases.put(title, messages);
    }

    @Override
    public void noted(String sentence) {
        notes.add(sentence);
    }
}
