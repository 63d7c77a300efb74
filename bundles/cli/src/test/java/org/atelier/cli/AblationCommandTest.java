package org.atelier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;

class AblationCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FakeEvaluator evaluator = new FakeEvaluator();
    private final Cancellation cancellation = new Cancellation();

    @Test
    void fillsARequest() {
        assertEquals(
                0,
                run(
                        "--style", "pop art", "a cat", "a bird", "--seed", "7", "--seeds", "3", "--steps", "20", "-o",
                        "here"));

        assertEquals(3, evaluator.request.seeds());
        assertEquals(
                SetRequest.builder()
                        .prompts("a cat", "a bird")
                        .style("pop art")
                        .seed(7L)
                        .steps(20)
                        .build(),
                evaluator.request.set());
        assertEquals(Path.of("/home/user/here"), evaluator.folder);
    }

    @Test
    void leavesThePromptsToTheEvaluator() {
        assertEquals(0, run("--style", "pop art"));

        assertEquals(List.of(), evaluator.request.set().prompts());
        assertTrue(
                evaluator.folder.toString().matches("/home/user/ablation-\\d{8}-\\d{6}"), evaluator.folder.toString());
    }

    @Test
    void tellsOfTheSetsAndShowsTheFigures() {
        run("--style", "pop art", "a cat", "a bird", "--out", "here");

        String told = err.toString(UTF_8);
        assertTrue(told.contains("Comparing sets of 2 pictures with sketchbook, ddim, 50 steps, first seed 42."), told);
        assertTrue(told.contains("Set 1 of 1: the full method."), told);
        assertTrue(told.contains("This model is a toy."), told);
        String[] lines = out.toString(UTF_8).split("\n");
        assertTrue(lines[0].matches(" +unaligned +aligned"), lines[0]);
        assertTrue(lines[1].matches("Palette, all pairs \\(ΔE\\) +10.000 \\(1.00\\) +6.500 \\(0.65\\)"), lines[1]);
        assertEquals("/home/user/here/report.html", lines[2]);
    }

    @Test
    void printsJson() {
        run("--style", "pop art", "--out", "here", "--json");

        JsonObject json = JsonParser.parseString(out.toString(UTF_8)).getAsJsonObject();
        JsonObject finding = json.getAsJsonArray("findings").get(0).getAsJsonObject();
        assertEquals("/home/user/here/evaluation.json", json.get("record").getAsString());
        assertEquals("distance", finding.get("sense").getAsString());
        assertEquals(
                0.65,
                finding.getAsJsonObject("variants")
                        .getAsJsonObject("aligned")
                        .get("ratio")
                        .getAsDouble());
    }

    @Test
    void saysNothingButTheFileWhenQuiet() {
        run("--style", "", "--out", "here", "--quiet");

        assertEquals("/home/user/here/report.html\n", out.toString(UTF_8));
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void asksForAStyle() {
        assertEquals(2, run("a cat"));

        assertTrue(err.toString(UTF_8).startsWith("atelier: --style is missing"), err.toString(UTF_8));
    }

    @Test
    void endsWhenCancelled() throws InterruptedException {
        cancellation.request(Duration.ZERO);

        assertEquals(130, run("--style", "pop art"));
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(
                Path.of("/home/user"), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
        return new Commands(
                        new FakeStudio(),
                        new FakeRequestFormat(SetRequest.builder().build()),
                        picture -> null,
                        new FakeStyleCards(null),
                        new Models(List::of, new FakeHub(), new FakeHub()),
                        evaluator,
                        new FakeCatalog(),
                        terminal,
                        cancellation,
                        "1.2.3")
                .run(Stream.concat(Stream.of("evaluate", "ablation"), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }
}
