package org.atelier.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.EvaluationRequest;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentEvaluatorTest {

    private EvaluationOnFakes fakes;

    @BeforeEach
    void start(@TempDir Path home) {
        fakes = new EvaluationOnFakes(home);
    }

    @Test
    void generatesEveryVariantFromTheSameNoise() {
        fakes.install("brightness", fakes.brightness);

        fakes.ablate(EvaluationOnFakes.POP_ART, 2);

        assertEquals(8, fakes.studio.generated.size());
        assertEquals(
                List.of("none", "full", "shared", "shared"),
                fakes.studio.generated.stream()
                        .limit(4)
                        .map(request -> request.sharing().attention())
                        .toList());
        assertEquals(
                List.of(5L, 5L, 5L, 5L, 7L, 7L, 7L, 7L),
                fakes.studio.generated.stream().map(SetRequest::seed).toList());
        assertEquals(
                Map.of("adain-queries", false, "adain-keys", false),
                fakes.studio.generated.get(2).sharing().attentionOptions());
        assertEquals(
                Map.of("adain-queries", true, "adain-keys", true),
                fakes.studio.generated.get(3).sharing().attentionOptions());
        assertTrue(Files.exists(fakes.home.resolve("out/seed-7/shared-without-adain/001.png")));
        assertEquals("8/8 the full method", fakes.listener.received.get(fakes.listener.received.size() - 1));
        assertEquals(
                1,
                fakes.listener.received.stream()
                        .filter("This model is a toy."::equals)
                        .count());
    }

    @Test
    void computesMeanDeviationStandardErrorAndRatio() {
        fakes.install("brightness", fakes.brightness);

        Evaluation evaluation = fakes.ablate(EvaluationOnFakes.POP_ART, 2);

        // Levels 5 and 6, then 7 and 8: sums of 11 and 15, in every variant.
        Summary full = evaluation.findings().get(0).summaries().get(1);
        assertEquals("full-sharing", full.variant());
        assertEquals(13, full.mean());
        assertEquals(Math.sqrt(8), full.deviation(), 1e-12);
        assertEquals(2, full.standardError(), 1e-12);
        assertEquals(1, full.ratio());
        assertNull(fakes.ablate(EvaluationOnFakes.POP_ART, 1, "single")
                .findings()
                .get(0)
                .summaries()
                .get(0)
                .deviation());
    }

    @Test
    void writesASelfContainedPage() throws IOException {
        fakes.install("brightness", fakes.brightness);

        String page =
                Files.readString(fakes.ablate(EvaluationOnFakes.POP_ART, 2).report());

        assertFalse(page.matches("(?s).*(src|href)=\"(?!data:).*"), "a reference to something outside");
        assertFalse(page.contains("url(") || page.contains("http:") || page.contains("https:"));
        assertEquals(16, page.split("src=\"data:image/png;base64,", -1).length - 1);
        assertTrue(page.contains("alt=\"a &lt;cat&gt;, pop art\""));
        assertTrue(page.contains("Sum of levels"));
        assertTrue(page.contains("Atelier 1.2.3"));
        assertTrue(page.contains("This model is a toy."));
        assertTrue(page.contains("<b>13.00</b> <small>± 2.00</small>"), page);
        assertEquals(4, page.split("<circle class=\"s0\"", -1).length - 1);
    }

    @Test
    void writesAllValuesToTheRecord() throws IOException {
        fakes.install("brightness", fakes.brightness);

        JsonObject json = JsonParser.parseString(Files.readString(
                        fakes.ablate(EvaluationOnFakes.POP_ART, 1).record()))
                .getAsJsonObject();

        JsonObject set = json.getAsJsonArray("variants")
                .get(3)
                .getAsJsonObject()
                .getAsJsonArray("sets")
                .get(0)
                .getAsJsonObject();
        assertEquals("seed-5/aligned", set.get("folder").getAsString());
        assertEquals("shared", set.getAsJsonObject("request").get("attention").getAsString());
        assertEquals(
                "{\"metric\":\"brightness\",\"measurement\":\"pairs\",\"direction\":\"lower-is-closer\",\"value\":11.0,"
                        + "\"parts\":[{\"images\":[0,1],\"value\":11.0}]}",
                set.getAsJsonArray("measurements").get(0).toString());
    }

    @Test
    void writesTheFindingsAsCsv() throws IOException {
        fakes.install("brightness", fakes.brightness);

        String table =
                Files.readString(fakes.ablate(EvaluationOnFakes.POP_ART, 2).table());

        List<String> lines = table.lines().toList();
        assertEquals(5, lines.size());
        assertEquals(
                "metric,measurement,title,direction,variant,series,position,sets,mean,standard_deviation,standard_error,"
                        + "baseline,ratio",
                lines.get(0));
        assertTrue(
                lines.get(4)
                        .matches("brightness,pairs,Sum of levels,lower-is-closer,aligned,the full method,,2,13.0,"
                                + "2.8284271247\\d+,2.0\\d*,unaligned,1.0"),
                lines.get(4));
    }

    @Test
    void reportsAllFaultsBeforeGeneration() {
        fakes.install("brightness", fakes.brightness);
        SetRequest faulty = SetRequest.builder()
                .prompts("a cat")
                .style("none such")
                .references(new ReferenceFile("tile.png", "a tile", 1, null))
                .build();

        AtelierException fault = assertThrows(AtelierException.class, () -> fakes.ablate(faulty, 0));

        assertEquals(
                List.of(
                        "The seeds must be 1 to 1000, not 0.",
                        "An ablation compares the images of a set: it needs at least 2 prompts.",
                        "An ablation does not support reference images, because full attention sharing cannot use them.",
                        "No such style."),
                fault.getMessage().lines().toList());
        assertTrue(Files.notExists(fakes.home.resolve("out")));
    }

    @Test
    void rejectsAFolderThatIsNotEmpty() throws IOException {
        fakes.install("brightness", fakes.brightness);
        Files.createFile(Files.createDirectory(fakes.home.resolve("out")).resolve("notes.txt"));

        fakes.assertRefused("is not empty", EvaluationOnFakes.POP_ART, 1);
        assertEquals(List.of(), fakes.studio.generated);
    }

    @Test
    void keepsFinishedSetsWhenCancelled() throws IOException {
        fakes.install("brightness", fakes.brightness);
        fakes.listener.setsUntilCancelled = 2;

        fakes.assertRefused("Cancelled", EvaluationOnFakes.POP_ART, 1);

        try (Stream<Path> sets = Files.list(fakes.home.resolve("out/seed-5"))) {
            assertEquals(
                    List.of("full-sharing", "unaligned"),
                    sets.map(set -> set.getFileName().toString()).sorted().toList());
        }
        assertTrue(Files.notExists(fakes.home.resolve("out/report.html")));
    }

    @Test
    void usesDefaultPromptsIfNoneAreGiven() {
        SetRequest open = SetRequest.builder().style("pop art").build();

        EvaluationRequest settled =
                fakes.evaluator.resolve(new EvaluationRequest(Experiment.ABLATION, open, 1, List.of()));

        assertEquals(8, settled.set().prompts().size());
        assertEquals(settled, fakes.evaluator.resolve(settled));
    }
}
