package org.atelier.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.UsedMetric;
import org.atelier.api.evaluation.EvaluationRequest;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.metric.MetricSelection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The selection of metrics in an evaluation, and the handling of unavailable ones. */
class EvaluationMetricsTest {

    private EvaluationOnFakes fakes;

    @BeforeEach
    void start(@TempDir Path home) {
        fakes = new EvaluationOnFakes(home);
    }

    @Test
    void skipsAnUnavailableMetricWithANote() {
        fakes.install("absent", new EvaluationOnFakes.Missing());
        fakes.install("brightness", fakes.brightness);

        Evaluation evaluation = fakes.ablate(EvaluationOnFakes.POP_ART, 1);

        assertEquals(1, evaluation.findings().size());
        assertTrue(
                fakes.listener.received.contains("The metric 'absent' is skipped: Get the model first."),
                fakes.listener.received::toString);
    }

    @Test
    void measuresWithTheSelectedMetricsInOrder() throws IOException {
        fakes.install("brightness", fakes.brightness);
        fakes.install("network", fakes.brightness);
        fakes.install("other", fakes.brightness);

        Evaluation evaluation =
                fakes.measure(new MetricSelection("network", Map.of("depth", 3)), MetricSelection.of("brightness"));

        assertEquals(
                List.of(
                        new UsedMetric("network", Map.of("depth", 3), "tiny-network"),
                        new UsedMetric("brightness", Map.of("depth", 1), null)),
                evaluation.metrics());
        assertEquals(
                List.of("network", "brightness"),
                evaluation.findings().stream().map(Finding::metric).toList());
        assertEquals(Map.of("depth", 3), evaluation.request().metrics().get(0).options());
        assertTrue(Files.readString(evaluation.report())
                .contains("Measured with network (depth = 3); brightness (depth = 1)."));
        assertEquals(
                "[{\"name\":\"network\",\"options\":{\"depth\":3},\"model\":\"tiny-network\"},"
                        + "{\"name\":\"brightness\",\"options\":{\"depth\":1}}]",
                JsonParser.parseString(Files.readString(evaluation.record()))
                        .getAsJsonObject()
                        .get("metrics")
                        .toString());
    }

    @Test
    void namesASelectedMetricWithoutItsModelBeforeGenerationAndMeasuresWithTheOthers() {
        fakes.install("absent", new EvaluationOnFakes.Missing());
        fakes.install("brightness", fakes.brightness);

        Evaluation evaluation = fakes.measure(MetricSelection.of("absent"), MetricSelection.of("brightness"));

        assertEquals("The metric 'absent' is skipped: Get the model first.", fakes.listener.received.get(0));
        assertEquals(
                List.of("brightness"),
                evaluation.findings().stream().map(Finding::metric).toList());
    }

    @Test
    void generatesNothingIfEverySelectedMetricLacksItsModel() {
        fakes.install("absent", new EvaluationOnFakes.Missing());
        fakes.install("brightness", fakes.brightness);

        AtelierException fault =
                assertThrows(AtelierException.class, () -> fakes.measure(MetricSelection.of("absent")));

        assertEquals(Code.MODEL_NOT_FOUND, fault.code());
        assertEquals("Get the model first.", fault.getMessage());
        assertEquals(List.of(), fakes.studio.generated);
        assertTrue(Files.notExists(fakes.home.resolve("out")));
        assertEquals(Set.of(), fakes.metrics.held);
    }

    @Test
    void reportsAllFaultsOfTheSelectedMetricsTogether() {
        fakes.install("absent", new EvaluationOnFakes.Missing());
        fakes.install("brightness", fakes.brightness);
        EvaluationRequest request = new EvaluationRequest(
                Experiment.ABLATION,
                EvaluationOnFakes.POP_ART,
                0,
                List.of(
                        MetricSelection.of("beauty"),
                        new MetricSelection("brightness", Map.of("width", 1)),
                        MetricSelection.of("absent"),
                        MetricSelection.of("absent")));

        AtelierException atStart = assertThrows(
                AtelierException.class,
                () -> fakes.evaluator.evaluate(request, fakes.home.resolve("out"), fakes.listener));
        AtelierException atOnce = assertThrows(AtelierException.class, () -> fakes.evaluator.resolve(request));

        List<String> known = List.of(
                "The seeds must be 1 to 1000, not 0.",
                "The metric 'absent' is selected more than once.",
                "There is no metric 'beauty'; available: absent, brightness.",
                "The metric has the option depth only.");
        assertEquals(known, atOnce.getMessage().lines().toList());
        assertEquals(known, atStart.getMessage().lines().toList());
        assertEquals(List.of(), fakes.studio.generated);
    }

    @Test
    void releasesItsMetrics() {
        fakes.install("brightness", fakes.brightness);

        fakes.ablate(EvaluationOnFakes.POP_ART, 1);

        assertEquals(Set.of(), fakes.metrics.held);
    }

    @Test
    void skipsAMetricThatDoesNotStartWithANote() {
        fakes.metrics.broken.add("torn");
        fakes.install("brightness", fakes.brightness);

        fakes.ablate(EvaluationOnFakes.POP_ART, 1);

        assertTrue(
                fakes.listener.received.contains("The metric 'torn' is skipped: The metric 'torn' did not start."),
                fakes.listener.received::toString);
    }

    @Test
    void endsAfterTheGracePeriodOfAWithdrawnMetric() {
        fakes.install("brightness", (set, listener) -> {
            fakes.metrics.withdrawn = true;
            listener.cancelled();
            throw new IllegalStateException("measures on");
        });

        AtelierException fault = assertThrows(AtelierException.class, () -> fakes.ablate(EvaluationOnFakes.POP_ART, 1));

        assertEquals(Code.PLUGIN_WITHDRAWN, fault.code());
        assertEquals(Set.of(), fakes.metrics.held);
    }

    @Test
    void generatesNothingWithoutMetrics() {
        fakes.assertRefused("No metric is installed", EvaluationOnFakes.POP_ART, 1);
    }
}
