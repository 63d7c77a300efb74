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
import org.atelier.api.AtelierException;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.Measurement.Direction;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unaligned against aligned. */
class TableTest {

    private EvaluationOnFakes fakes;

    @BeforeEach
    void start(@TempDir Path home) {
        fakes = new EvaluationOnFakes(home);
        fakes.install("brightness", fakes.brightness);
    }

    @Test
    void generatesUnalignedSetsAndThoseOfTheGivenAttention() throws IOException {
        SetRequest request = EvaluationOnFakes.POP_ART.toBuilder()
                .attention("partial")
                .attentionOption("level", 0.5)
                .build();

        Evaluation evaluation = fakes.evaluate(Experiment.TABLE, request, 2, "out");

        assertEquals(
                List.of("none", "partial", "none", "partial"),
                fakes.studio.generated.stream()
                        .map(generated -> generated.sharing().attention())
                        .toList());
        assertEquals(
                List.of(5L, 5L, 7L, 7L),
                fakes.studio.generated.stream().map(SetRequest::seed).toList());
        assertEquals(Map.of(), fakes.studio.generated.get(0).sharing().attentionOptions());
        assertEquals(
                Map.of("level", 0.5), fakes.studio.generated.get(1).sharing().attentionOptions());
        assertEquals(
                List.of(
                        Variant.single("unaligned", "unaligned", "unaligned"),
                        Variant.single("aligned", "aligned, by partial", "unaligned")),
                evaluation.variants());
        assertTrue(Files.exists(fakes.home.resolve("out/seed-7/aligned/001.png")));
        // A phone shows the cells without the head of the table.
        String page = Files.readString(evaluation.report());
        assertTrue(page.contains("<td data-variant=\"aligned, by partial\""), page);
    }

    @Test
    void summarisesOverTheSeeds() throws IOException {
        // 1 and 3 unaligned; 2 and 8 aligned.
        List<Double> values = List.of(1.0, 2.0, 3.0, 8.0);
        int[] measured = {0};
        fakes.install(
                "count",
                (set, listener) -> List.of(new Measurement(
                        "count", "Count", Direction.HIGHER_IS_CLOSER, values.get(measured[0]++), List.of())));

        Evaluation evaluation = fakes.evaluate(Experiment.TABLE, EvaluationOnFakes.POP_ART, 2, "out");

        List<Summary> summaries = evaluation.findings().get(1).summaries();
        assertEquals(new Summary("unaligned", 2, Math.sqrt(2), 1.0, 1.0), summaries.get(0));
        assertEquals(5, summaries.get(1).mean());
        assertEquals(3, summaries.get(1).standardError(), 1e-12);
        assertEquals(2.5, summaries.get(1).ratio());
        assertEquals(
                "table",
                JsonParser.parseString(Files.readString(evaluation.record()))
                        .getAsJsonObject()
                        .get("evaluation")
                        .getAsString());
    }

    @Test
    void reportsAllFaultsBeforeGeneration() {
        SetRequest faulty = SetRequest.builder()
                .prompts("a cat")
                .style("pop art")
                .attention("none")
                .references(new ReferenceFile("tile.png", "a tile", 1, null))
                .build();

        AtelierException fault =
                assertThrows(AtelierException.class, () -> fakes.evaluate(Experiment.TABLE, faulty, 1, "out"));

        assertEquals(
                List.of(
                        "A table compares the images of a set: it needs at least 2 prompts.",
                        "A table compares sets without reference images; measure others with evaluate set.",
                        "The aligned sets of a table need another attention than 'none', which the unaligned ones"
                                + " have."),
                fault.getMessage().lines().toList());
        assertEquals(List.of(), fakes.studio.generated);
    }
}
