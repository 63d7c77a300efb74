package org.atelier.cli.reports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.evaluation.EvaluationRequest;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.metric.Measurement.Direction;
import org.atelier.api.set.SetRequest;
import org.atelier.cli.terminal.Terminal;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {

    private static final Path OUT = Path.of("/out");

    @Test
    void printsTheMeanOfASeries() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, UTF_8);

        new EvaluationReport(blends()).printTable(new Terminal(OUT, print, 0, print, 0));

        List<String> lines = out.toString(UTF_8).lines().toList();
        assertTrue(lines.get(0).matches(" +linear +slerp"), lines.get(0));
        assertTrue(lines.get(1).matches("Palette +3.000 +5.000"), lines.get(1));
        assertEquals("Means over the weights; the value of each weight is in /out/findings.csv.", lines.get(2));
    }

    /** Linear has 2 and 4; slerp has 5 and nothing. */
    private static Evaluation blends() {
        List<Variant> variants = List.of(
                new Variant("linear-0.1", "linear, weight 0.1", "linear", 0.1, "linear-0.1"),
                new Variant("slerp-0.1", "slerp, weight 0.1", "slerp", 0.1, "linear-0.1"),
                new Variant("linear-0.2", "linear, weight 0.2", "linear", 0.2, "linear-0.2"),
                new Variant("slerp-0.2", "slerp, weight 0.2", "slerp", 0.2, "linear-0.2"));
        Finding finding = new Finding(
                "palette",
                "reference",
                "Palette",
                Direction.LOWER_IS_CLOSER,
                List.of(
                        new Summary("linear-0.1", 2, null, null, 1.0),
                        new Summary("slerp-0.1", 5, null, null, 2.5),
                        new Summary("linear-0.2", 4, null, null, 1.0),
                        new Summary("slerp-0.2", Double.NaN, null, null, null)));
        return new Evaluation(
                OUT,
                new EvaluationRequest(Experiment.BLENDS, SetRequest.builder().build(), 1, List.of()),
                List.of(),
                variants,
                List.of(finding),
                OUT.resolve("report.html"),
                OUT.resolve("findings.csv"),
                OUT.resolve("evaluation.json"));
    }
}
