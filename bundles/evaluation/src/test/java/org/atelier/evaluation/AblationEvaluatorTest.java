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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.evaluation.AblationRequest;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.Evaluation.UsedMetric;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.Measurement.Direction;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.metric.SetMetric;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblationEvaluatorTest {

    private static final SetRequest POP_ART =
            SetRequest.builder().style("pop art").prompts("a <cat>", "a bird").build();

    private final DrawingNothing studio = new DrawingNothing();
    private final SetMetric brightness = new Brightness();
    private final FakeMetrics metrics = new FakeMetrics();
    private final AblationEvaluator evaluator = new AblationEvaluator(studio, new JsonLikeFormat(), metrics, "1.2.3");
    private final HearingListener listener = new HearingListener();

    @TempDir
    private Path home;

    /** The first red level. */
    private static final class Brightness implements SetMetric {

        @Override
        public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
            return Measurement.ofPairs(
                            "Sum of levels", Direction.LOWER_IS_CLOSER, set, (i, j) -> level(set, i) + level(set, j))
                    .stream()
                    .toList();
        }

        private static int level(MeasuredSet set, int picture) {
            return set.all().get(picture).image().getRGB(0, 0) & 255;
        }
    }

    /** Lacks what it measures with. */
    private static final class Missing implements SetMetric {

        @Override
        public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
            throw new IllegalStateException("asked although it refused");
        }

        @Override
        public void check() {
            throw new AtelierException(Code.MODEL_NOT_FOUND, "Get the model first.");
        }
    }

    private static final class HearingListener implements EvaluationListener {
        private final List<String> heard = new ArrayList<>();
        private int setsUntilCancelled = Integer.MAX_VALUE;

        @Override
        public void began(String variant, int number, int total) {
            heard.add(number + "/" + total + " " + variant);
        }

        @Override
        public void noted(String sentence) {
            heard.add(sentence);
        }

        @Override
        public boolean cancelled() {
            return heard.stream().filter(line -> line.contains("/")).count() > setsUntilCancelled;
        }
    }

    private static final class JsonLikeFormat implements RequestFormat {

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

    @Test
    void drawsEveryVariantFromTheSameNoise() {
        install("brightness", brightness);

        ablate(POP_ART, 2);

        assertEquals(8, studio.drawn.size());
        assertEquals(
                List.of("none", "full", "shared", "shared"),
                studio.drawn.stream()
                        .limit(4)
                        .map(request -> request.sharing().attention())
                        .toList());
        assertEquals(
                List.of(5L, 5L, 5L, 5L, 7L, 7L, 7L, 7L),
                studio.drawn.stream().map(SetRequest::seed).toList());
        assertEquals(
                Map.of("adain-queries", false, "adain-keys", false),
                studio.drawn.get(2).sharing().attentionOptions());
        assertEquals(
                Map.of("adain-queries", true, "adain-keys", true),
                studio.drawn.get(3).sharing().attentionOptions());
        assertTrue(Files.exists(home.resolve("out/seed-7/shared-without-adain/001.png")));
        assertEquals("8/8 the full method", listener.heard.get(listener.heard.size() - 1));
        assertEquals(
                1,
                listener.heard.stream().filter("This model is a toy."::equals).count());
    }

    @Test
    void findsMeanDeviationAndRatio() {
        install("brightness", brightness);

        Evaluation evaluation = ablate(POP_ART, 2);

        // Levels 5 and 6, then 7 and 8: sums of 11 and 15, in every variant.
        Summary full = evaluation.findings().get(0).summaries().get(1);
        assertEquals("full-sharing", full.variant());
        assertEquals(13, full.mean());
        assertEquals(Math.sqrt(8), full.deviation(), 1e-12);
        assertEquals(1, full.ratio());
        assertNull(ablate(POP_ART, 1, "single")
                .findings()
                .get(0)
                .summaries()
                .get(0)
                .deviation());
    }

    @Test
    void writesAPageThatAsksForNothing() throws IOException {
        install("brightness", brightness);

        String page = Files.readString(ablate(POP_ART, 2).report());

        assertFalse(page.matches("(?s).*(src|href)=\"(?!data:).*"), "a reference to something outside");
        assertFalse(page.contains("url(") || page.contains("http:") || page.contains("https:"));
        assertEquals(16, page.split("src=\"data:image/png;base64,", -1).length - 1);
        assertTrue(page.contains("alt=\"a &lt;cat&gt;, pop art\""));
        assertTrue(page.contains("Sum of levels"));
        assertTrue(page.contains("Atelier 1.2.3"));
        assertTrue(page.contains("This model is a toy."));
    }

    @Test
    void writesAllNumbersForPrograms() throws IOException {
        install("brightness", brightness);

        JsonObject json = JsonParser.parseString(
                        Files.readString(ablate(POP_ART, 1).record()))
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
                        + "\"parts\":[{\"pictures\":[0,1],\"value\":11.0}]}",
                set.getAsJsonArray("measurements").get(0).toString());
    }

    @Test
    void leavesOutAMetricThatRefusesAndSaysSo() {
        install("absent", new Missing());
        install("brightness", brightness);

        Evaluation evaluation = ablate(POP_ART, 1);

        assertEquals(1, evaluation.findings().size());
        assertTrue(
                listener.heard.contains("The metric 'absent' is left out: Get the model first."),
                listener.heard::toString);
    }

    @Test
    void measuresWithTheChosenMetricsInTheirOrder() throws IOException {
        install("brightness", brightness);
        install("network", brightness);
        install("other", brightness);

        Evaluation evaluation =
                measure(new MetricSelection("network", Map.of("depth", 3)), MetricSelection.of("brightness"));

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
    void drawsNothingWhereAChosenMetricCannotMeasure() {
        install("absent", new Missing());
        install("brightness", brightness);

        AtelierException fault = assertThrows(
                AtelierException.class, () -> measure(MetricSelection.of("brightness"), MetricSelection.of("absent")));

        assertEquals(Code.MODEL_NOT_FOUND, fault.code());
        assertEquals("Get the model first.", fault.getMessage());
        assertEquals(List.of(), studio.drawn);
        assertTrue(Files.notExists(home.resolve("out")));
        assertEquals(Set.of(), metrics.held);
    }

    @Test
    void tellsEveryFaultOfTheChosenMetricsAtOnce() {
        install("absent", new Missing());
        install("brightness", brightness);
        AblationRequest request = new AblationRequest(
                POP_ART,
                0,
                List.of(
                        MetricSelection.of("beauty"),
                        new MetricSelection("brightness", Map.of("width", 1)),
                        MetricSelection.of("absent"),
                        MetricSelection.of("absent")));

        AtelierException atStart =
                assertThrows(AtelierException.class, () -> evaluator.ablate(request, home.resolve("out"), listener));
        AtelierException atOnce = assertThrows(AtelierException.class, () -> evaluator.resolve(request));

        List<String> known = List.of(
                "The seeds must be 1 to 1000, not 0.",
                "The metric 'absent' is chosen more than once.",
                "There is no metric 'beauty'; known are absent, brightness.",
                "The metric has the option depth only.");
        assertEquals(known, atOnce.getMessage().lines().toList());
        assertEquals(
                Stream.concat(known.stream(), Stream.of("Get the model first.", "Get the model first."))
                        .toList(),
                atStart.getMessage().lines().toList());
        assertEquals(List.of(), studio.drawn);
    }

    @Test
    void givesItsMetricsBack() {
        install("brightness", brightness);

        ablate(POP_ART, 1);

        assertEquals(Set.of(), metrics.held);
    }

    @Test
    void leavesOutAMetricThatDoesNotStartAndSaysSo() {
        metrics.broken.add("torn");
        install("brightness", brightness);

        ablate(POP_ART, 1);

        assertTrue(
                listener.heard.contains("The metric 'torn' is left out: The metric 'torn' did not start."),
                listener.heard::toString);
    }

    @Test
    void endsWhenAMetricThatIsWithdrawnWasWaitedForLongEnough() {
        install("brightness", (set, patience) -> {
            metrics.withdrawn = true;
            patience.cancelled();
            throw new IllegalStateException("measures on");
        });

        AtelierException fault = assertThrows(AtelierException.class, () -> ablate(POP_ART, 1));

        assertEquals(Code.PLUGIN_WITHDRAWN, fault.code());
        assertEquals(Set.of(), metrics.held);
    }

    @Test
    void drawsNothingWithoutAMetric() {
        assertRefused("No metric is installed", POP_ART, 1);
    }

    @Test
    void tellsEveryFaultBeforeItDraws() {
        install("brightness", brightness);
        SetRequest faulty = SetRequest.builder()
                .prompts("a cat")
                .style("none such")
                .references(new ReferenceFile("tile.png", "a tile", 1, null))
                .build();

        AtelierException fault = assertThrows(AtelierException.class, () -> ablate(faulty, 0));

        assertEquals(
                List.of(
                        "The seeds must be 1 to 1000, not 0.",
                        "An ablation compares the pictures of a set: it needs at least 2 prompts.",
                        "An ablation takes no reference pictures: full attention sharing has no place for them.",
                        "No such style."),
                fault.getMessage().lines().toList());
        assertTrue(Files.notExists(home.resolve("out")));
    }

    @Test
    void refusesAFolderThatIsNotEmpty() throws IOException {
        install("brightness", brightness);
        Files.createFile(Files.createDirectory(home.resolve("out")).resolve("notes.txt"));

        assertRefused("is not empty", POP_ART, 1);
        assertEquals(List.of(), studio.drawn);
    }

    @Test
    void leavesFinishedSetsWhenCancelled() throws IOException {
        install("brightness", brightness);
        listener.setsUntilCancelled = 2;

        assertRefused("Cancelled", POP_ART, 1);

        try (Stream<Path> sets = Files.list(home.resolve("out/seed-5"))) {
            assertEquals(
                    List.of("full-sharing", "unaligned"),
                    sets.map(set -> set.getFileName().toString()).sorted().toList());
        }
        assertTrue(Files.notExists(home.resolve("out/report.html")));
    }

    @Test
    void takesObjectsWhereNoPromptIsGiven() {
        SetRequest open = SetRequest.builder().style("pop art").build();

        AblationRequest settled = evaluator.resolve(new AblationRequest(open, 1, List.of()));

        assertEquals(8, settled.set().prompts().size());
        assertEquals(settled, evaluator.resolve(settled));
    }

    private void assertRefused(String reason, SetRequest request, int seeds) {
        AtelierException fault = assertThrows(AtelierException.class, () -> ablate(request, seeds));
        assertTrue(fault.getMessage().contains(reason), fault.getMessage());
    }

    private Evaluation ablate(SetRequest request, int seeds) {
        return ablate(request, seeds, "out");
    }

    private Evaluation ablate(SetRequest request, int seeds, String folder) {
        return evaluator.ablate(new AblationRequest(request, seeds, List.of()), home.resolve(folder), listener);
    }

    private Evaluation measure(MetricSelection... chosen) {
        return evaluator.ablate(new AblationRequest(POP_ART, 1, List.of(chosen)), home.resolve("out"), listener);
    }

    private void install(String name, SetMetric metric) {
        metrics.here.put(name, metric);
    }
}
