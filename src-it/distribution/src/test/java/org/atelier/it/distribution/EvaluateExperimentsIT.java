package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code atelier evaluate table} and {@code blends}, as a user calls them: the files that they write. */
@Timeout(300)
class EvaluateExperimentsIT {

    private static final String HEAD = "metric,measurement,title,direction,variant,series,position,sets,mean,"
            + "standard_deviation,standard_error,baseline,ratio";

    private static final Path IMAGES =
            Path.of("../reference/fixtures/sketchbook-none").toAbsolutePath().normalize();

    /** Eleven sets take longer than other commands, on a machine that does more at a time. */
    private static final long SETS_SECONDS = 240;

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    @Test
    void comparesUnalignedWithAlignedSets() throws Exception {
        Files.writeString(folder.resolve("prompts.txt"), "a house\n\na fish\n");

        Run run = run("evaluate table --prompts prompts.txt --seeds 2 --seed 1 --size 64x64 --steps 2 --metric palette"
                + " --metric dino --metric-option dino.model=sketchbook-dino --out table");

        assertEquals(0, run.exitCode(), run.err());
        Path table = folder.resolve("table");
        assertEquals(List.of("evaluation.json", "findings.csv", "report.html", "seed-1", "seed-3"), names(table));
        assertEquals(List.of("aligned", "unaligned"), names(table.resolve("seed-3")));
        assertTrue(run.out().contains(table.resolve("report.html").toString()), run.out());

        List<String[]> lines = findings(table);
        assertEquals(
                List.of(
                        "palette pairs unaligned",
                        "palette pairs aligned",
                        "palette reference unaligned",
                        "palette reference aligned",
                        "dino pairs unaligned",
                        "dino pairs aligned",
                        "dino reference unaligned",
                        "dino reference aligned"),
                lines.stream()
                        .map(cells -> cells[0] + " " + cells[1] + " " + cells[4])
                        .toList());
        double unaligned = Double.parseDouble(lines.get(0)[8]);
        double aligned = Double.parseDouble(lines.get(1)[8]);
        assertEquals(aligned / unaligned, Double.parseDouble(lines.get(1)[12]), 1e-9);
        assertTrue(aligned < unaligned, "the palettes come closer");
        assertMeanOfTheSets(table, "palette", "pairs", unaligned);
        assertSelfContained(table, 2 * 2 * 2);
    }

    /** With the blend linear only: each further one takes nine more sets. */
    @Test
    void comparesTheBlendsOfTwoReferences() throws Exception {
        AssembledDistribution other = distribution.copiedTo(folder.resolve("atelier"));
        for (String blend : List.of("apart", "slerp")) {
            try (Stream<Path> jars = Files.list(other.home().resolve("bundle/30"))) {
                for (Path jar : jars.filter(
                                jar -> jar.getFileName().toString().startsWith("org.atelier.blend." + blend))
                        .toList()) {
                    Files.delete(jar);
                }
            }
        }

        Run run = other.begin(
                folder,
                arguments("evaluate blends a+fish --seed 1 --size 64x64 --steps 2 --metric palette --out blends"
                        + " --reference " + IMAGES.resolve("000.png") + " --reference-prompt a+house"
                        + " --reference " + IMAGES.resolve("002.png") + " --reference-prompt a+cat"));

        assertTrue(run.process().waitFor(SETS_SECONDS, TimeUnit.SECONDS), "11 sets take longer: " + run.err());
        assertEquals(0, run.exitCode(), run.err());
        Path blends = folder.resolve("blends");
        List<String[]> shares = findings(blends).stream()
                .filter(cells -> cells[1].equals("share"))
                .toList();
        assertEquals(2 + 9, shares.size());
        assertEquals(1, Double.parseDouble(shares.get(0)[8]), "reference 1 alone");
        assertEquals(0, Double.parseDouble(shares.get(1)[8]), "reference 2 alone");
        assertEquals("linear-0.1", shares.get(2)[4]);
        assertEquals("0.9", shares.get(10)[6]);
        assertTrue(
                findings(blends).stream().anyMatch(cells -> cells[1].equals("reference-2")), "against each reference");
        assertSelfContained(blends, 2 + 9);
    }

    private static void assertMeanOfTheSets(Path report, String metric, String measurement, double mean)
            throws IOException {
        JsonObject record = JsonParser.parseString(Files.readString(report.resolve("evaluation.json")))
                .getAsJsonObject();
        List<Double> values = new ArrayList<>();
        for (JsonElement set :
                record.getAsJsonArray("variants").get(0).getAsJsonObject().getAsJsonArray("sets")) {
            for (JsonElement element : set.getAsJsonObject().getAsJsonArray("measurements")) {
                JsonObject measured = element.getAsJsonObject();
                if (measured.get("metric").getAsString().equals(metric)
                        && measured.get("measurement").getAsString().equals(measurement)) {
                    values.add(measured.get("value").getAsDouble());
                }
            }
        }
        assertEquals(record.get("seeds").getAsInt(), values.size());
        assertEquals(
                mean, values.stream().mapToDouble(Double::doubleValue).average().orElseThrow(), 1e-9);
    }

    /** The page loads nothing, and every image of it has an alternative text. */
    private static void assertSelfContained(Path report, int images) throws IOException {
        String page = Files.readString(report.resolve("report.html"));
        List<String> tags = Pattern.compile("<(?:img|link|script|iframe|object|source|use)\\b[^>]*>")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .toList();
        assertEquals(images, tags.size());
        for (String tag : tags) {
            assertTrue(tag.matches("<img alt=\"[^\"]+\" .*src=\"data:image/(png|jpeg);base64,[^\"]+\">"), tag);
        }
        assertFalse(page.contains("url(") || page.contains("@import"), "the style sheet loads something");
    }

    private static List<String[]> findings(Path report) throws IOException {
        List<String> lines = Files.readAllLines(report.resolve("findings.csv"));
        assertEquals(HEAD, lines.get(0));
        return lines.stream()
                .skip(1)
                // A quoted title may contain commas.
                .map(line -> line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
                .toList();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Run run(String command) throws IOException {
        return distribution.begin(folder, arguments(command));
    }

    /** Words apart; a plus is a space within one. */
    private static String[] arguments(String command) {
        return Arrays.stream(command.split(" "))
                .map(word -> word.replace('+', ' '))
                .toArray(String[]::new);
    }
}
