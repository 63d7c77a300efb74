package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.api.evaluation.MeasuringRequest;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.set.ReferenceFile;
import org.junit.jupiter.api.Test;

class EvaluateSetCommandTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @Test
    void fillsARequest() {
        assertEquals(
                0,
                run(
                        "a.png",
                        "/there/b.png",
                        "--prompt",
                        "a house",
                        "--prompt",
                        "a fish",
                        "--reference",
                        "tile.png=0.75",
                        "--reference",
                        "wall.png",
                        "--metric",
                        "clip",
                        "--metric-option",
                        "clip.model=tiny"));

        assertEquals(
                new MeasuringRequest(
                        List.of(Path.of("/home/user/a.png"), Path.of("/there/b.png")),
                        List.of("a house", "a fish"),
                        List.of(
                                new ReferenceFile("/home/user/tile.png", "", 0.75, null),
                                new ReferenceFile("/home/user/wall.png", "", 1, null)),
                        List.of(new MetricSelection("clip", Map.of("model", "tiny")))),
                line.measurer.request);
    }

    @Test
    void printsTheFiguresAndTheModels() {
        run("spring");

        assertEquals(List.of(Path.of("/home/user/spring")), line.measurer.request.files());
        List<String> lines = line.out().lines().toList();
        assertTrue(lines.get(0).matches("METRIC +MEASUREMENT +VALUE +DEVIATION +OF +BETTER"), lines.get(0));
        assertTrue(
                lines.get(1).matches("clip +Prompt, by tiny \\(cosine\\) +0\\.2500 +0\\.1768 +2 +higher"),
                lines.get(1));
        assertTrue(lines.get(2).matches("palette +Palette, all pairs \\(ΔE\\) +6\\.5000 +- +1 +lower"), lines.get(2));
        assertEquals("clip: model = tiny", lines.get(3));
        assertTrue(line.err().contains("The metric 'dino' is skipped: Get the model first."), line.err());
    }

    @Test
    void printsJson() {
        run("spring", "--json");

        assertEquals(JsonParser.parseString("""
                        {"measurements": [
                          {"metric": "clip", "name": "prompt", "value": 0.25, "deviation": 0.1767766952966369, "count": 2,
                           "better": "higher",
                           "parts": [{"images": [0], "value": 0.375}, {"images": [1], "value": 0.125}]},
                          {"metric": "palette", "name": "pairs", "value": 6.5, "deviation": null, "count": 1,
                           "better": "lower", "parts": [{"images": [0, 1], "value": 6.5}]}]}
                        """), JsonParser.parseString(line.out()));
        assertTrue(line.out().contains("\"deviation\": null"), line.out());
        assertTrue(line.err().contains("clip: model = tiny"), line.err());
    }

    @Test
    void downloadsTheModelsOfTheChosenMetricsWithPull() {
        assertEquals(0, run("spring", "--metric", "clip"));
        assertEquals(List.of(), line.hub.pulledNames());

        assertEquals(0, run("spring", "--pull", "--metric", "clip"));
        assertEquals(List.of("model-of-clip"), line.hub.pulledNames());
    }

    @Test
    void requiresImages() {
        assertEquals(2, run("--metric", "clip"));
    }

    @Test
    void stopsWhenCancelled() throws InterruptedException {
        line.cancellation.request(Duration.ZERO);

        assertEquals(130, run("spring"));
    }

    private int run(String... arguments) {
        return line.run(Stream.concat(Stream.of("evaluate", "set"), Arrays.stream(arguments))
                .toArray(String[]::new));
    }
}
