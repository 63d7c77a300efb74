package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;

class AblationCommandTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @Test
    void fillsARequest() {
        assertEquals(
                0,
                run(
                        "--style", "pop art", "a cat", "a bird", "--seed", "7", "--seeds", "3", "--steps", "20", "-o",
                        "here"));

        assertEquals(3, line.evaluator.request.seeds());
        assertEquals(
                SetRequest.builder()
                        .prompts("a cat", "a bird")
                        .style("pop art")
                        .seed(7L)
                        .steps(20)
                        .build(),
                line.evaluator.request.set());
        assertEquals(Path.of("/home/user/here"), line.evaluator.folder);
    }

    @Test
    void leavesThePromptsToTheEvaluator() {
        assertEquals(0, run("--style", "pop art"));

        assertEquals(List.of(), line.evaluator.request.set().prompts());
        assertTrue(
                line.evaluator.folder.toString().matches("/home/user/ablation-\\d{8}-\\d{6}"),
                line.evaluator.folder.toString());
    }

    @Test
    void reportsTheSetsAndTheMeasurements() {
        run("--style", "pop art", "a cat", "a bird", "--out", "here");

        String told = line.err();
        assertTrue(told.contains("Comparing sets of 2 images with sketchbook, ddim, 50 steps, first seed 42."), told);
        assertTrue(told.contains("Set 1 of 1: the full method."), told);
        assertTrue(told.contains("This model is a toy."), told);
        String[] lines = line.out().split("\n");
        assertTrue(lines[0].matches(" +unaligned +aligned"), lines[0]);
        assertTrue(
                lines[1].matches("Palette, all pairs \\(ΔE\\) +10.000 \\(1.00\\) +6.500 ± 0.250 \\(0.65\\)"), lines[1]);
        assertEquals("network: model = tiny", lines[2]);
        assertEquals("/home/user/here/report.html", lines[3]);
    }

    @Test
    void printsJson() {
        run("--style", "pop art", "--out", "here", "--json");

        JsonObject json = JsonParser.parseString(line.out()).getAsJsonObject();
        JsonObject finding = json.getAsJsonArray("findings").get(0).getAsJsonObject();
        assertEquals("/home/user/here/evaluation.json", json.get("record").getAsString());
        assertEquals("lower-is-closer", finding.get("direction").getAsString());
        assertEquals(
                "[{\"name\":\"palette\",\"options\":{}},{\"name\":\"network\",\"options\":{\"model\":\"tiny\"},\"model\":\"tiny\"}]",
                json.get("metrics").toString());
        assertEquals(
                0.65,
                finding.getAsJsonObject("variants")
                        .getAsJsonObject("aligned")
                        .get("ratio")
                        .getAsDouble());
    }

    @Test
    void printsOnlyTheFileWithQuiet() {
        run("--style", "", "--out", "here", "--quiet");

        assertEquals("/home/user/here/report.html\n", line.out());
        assertEquals("", line.err());
    }

    @Test
    void requiresAStyle() {
        assertEquals(2, run("a cat"));

        assertTrue(line.err().startsWith("atelier: --style is missing"), line.err());
    }

    @Test
    void downloadsTheModelWithPull() {
        assertEquals(0, run("--style", "pop art", "-m", "other"));
        assertEquals(List.of(), line.hub.pulledNames());

        assertEquals(0, run("--style", "pop art", "-m", "other", "--pull"));
        assertEquals(List.of("other"), line.hub.pulledNames());
    }

    @Test
    void choosesMetricsAndTheirOptions() {
        assertEquals(
                0, run("--style", "", "--metric", "clip", "--metric", "palette", "--metric-option", "clip.size=16"));

        assertEquals(
                List.of(new MetricSelection("clip", Map.of("size", "16")), MetricSelection.of("palette")),
                line.evaluator.request.metrics());
        assertEquals(0, run("--style", ""));
        assertEquals(List.of(), line.evaluator.request.metrics());
    }

    @Test
    void rejectsAnOptionOfAMetricThatIsNotGiven() {
        assertEquals(2, run("--style", "", "--metric", "palette", "--metric-option", "clip.size=16"));

        assertEquals(
                "atelier: --metric-option requires NAME.KEY=VALUE with a metric given by --metric, not 'clip.size=16'.\n",
                line.err());
    }

    @Test
    void rejectsSizesThatContradictEachOtherWithAllOtherFaults() {
        assertEquals(
                2,
                run(
                        "--style",
                        "",
                        "--size",
                        "128x64",
                        "--height",
                        "64",
                        "--width",
                        "96",
                        "--metric-option",
                        "clip.a=1"));

        assertEquals("""
                atelier: --width 96 contradicts --size 128x64; give one of them.
                atelier: --metric-option requires NAME.KEY=VALUE with a metric given by --metric, not 'clip.a=1'.
                """, line.err());
    }

    @Test
    void downloadsTheModelsOfTheChosenMetrics() {
        assertEquals(0, run("--style", "", "--pull"));
        assertEquals(List.of("sketchbook"), line.hub.pulledNames());

        assertEquals(0, run("--style", "", "--pull", "--metric", "clip"));
        assertEquals(List.of("sketchbook", "model-of-clip"), line.hub.pulledNames());
    }

    @Test
    void stopsWhenCancelled() throws InterruptedException {
        line.cancellation.request(Duration.ZERO);

        assertEquals(130, run("--style", "pop art"));
    }

    private int run(String... arguments) {
        return line.run(Stream.concat(Stream.of("evaluate", "ablation"), Arrays.stream(arguments))
                .toArray(String[]::new));
    }
}
