package org.atelier.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.Measurement.Direction;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every blend of two references. */
class BlendsTest {

    private EvaluationOnFakes fakes;
    private SetRequest request;

    @BeforeEach
    void start(@TempDir Path home) throws IOException {
        fakes = new EvaluationOnFakes(home);
        request = EvaluationOnFakes.POP_ART.toBuilder()
                .references(reference("dark.png", 10), reference("light.png", 110))
                .build();
        fakes.install("brightness", (set, listener) -> distance(set));
    }

    /** The mean difference of levels. */
    private static List<Measurement> distance(MeasuredSet set) {
        return Measurement.ofReferences(
                        "Levels",
                        Direction.LOWER_IS_CLOSER,
                        set,
                        (one, other) -> Math.abs(level(set, one) - level(set, other)))
                .stream()
                .toList();
    }

    private static int level(MeasuredSet set, int image) {
        return set.all().get(image).image().getRGB(0, 0) & 255;
    }

    private ReferenceFile reference(String name, int level) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, level * 0x010101);
        Path file = fakes.home.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return new ReferenceFile(file.toString(), "a tile", 1, null);
    }

    @Test
    void generatesEveryInstalledBlendAtEveryWeightAndEachReferenceAlone() {
        fakes.evaluate(Experiment.BLENDS, request, 1, "out");

        List<SetRequest> generated = fakes.studio.generated;
        assertEquals(2 + 9 * 2, generated.size());
        assertEquals(List.of("dark.png=1.0"), references(generated.get(0)));
        assertEquals(List.of("light.png=1.0"), references(generated.get(1)));
        assertEquals(
                List.of("apart", "linear", "apart"),
                generated.subList(2, 5).stream()
                        .map(set -> set.references().blend())
                        .toList());
        assertEquals(
                IntStream.rangeClosed(1, 9)
                        .mapToObj(tenths -> List.of("dark.png=0." + tenths, "light.png=0." + (10 - tenths)))
                        .toList(),
                IntStream.range(0, 9)
                        .mapToObj(weight -> references(generated.get(2 + 2 * weight)))
                        .toList());
        assertTrue(Files.exists(fakes.home.resolve("out/seed-5/linear-0.3/001.png")));
    }

    private static List<String> references(SetRequest generated) {
        return generated.references().images().stream()
                .map(reference -> Path.of(reference.file()).getFileName() + "=" + reference.weight())
                .toList();
    }

    @Test
    void measuresByTheWeightsAndToEachReference() {
        // Images have the level of their seed: distances 4.5 to 10, 104.5 to 110.
        Evaluation evaluation = fakes.evaluate(Experiment.BLENDS, request, 1, "out");

        assertEquals(
                List.of("reference", "reference-1", "reference-2"),
                evaluation.findings().stream().map(Finding::measurement).toList());
        assertEquals(0.3 * 4.5 + 0.7 * 104.5, mean(evaluation, "reference", "linear-0.3"), 1e-9);
        assertEquals(4.5, mean(evaluation, "reference-1", "linear-0.3"), 1e-9);
        assertEquals(104.5, mean(evaluation, "reference-2", "linear-0.3"), 1e-9);
        assertEquals(1, summary(evaluation, "reference", "apart-0.3").ratio(), 1e-12);
    }

    @Test
    void measuresTheShareOfEachReference() {
        // Levels for the sets in order: as the dark reference, as the light one, then between them.
        fakes.studio.levels = number -> number == 0 ? 10 : number == 1 ? 110 : number % 2 == 0 ? 85 : 60;

        Evaluation evaluation = fakes.evaluate(Experiment.BLENDS, request, 1, "out");

        // Level 85: 75 to the dark reference, 25 to the light one; x = 50, x1 = -100, x2 = 100.
        assertEquals(0.25, mean(evaluation, "share", "apart-0.3"), 1e-12);
        assertEquals(0.05, mean(evaluation, "share-error", "apart-0.3"), 1e-12);
        assertEquals(0.5, mean(evaluation, "share", "linear-0.9"), 1e-12);
        assertEquals(0.4, mean(evaluation, "share-error", "linear-0.9"), 1e-12);
        assertEquals(1, mean(evaluation, "share", "reference-1"));
        assertEquals(0, mean(evaluation, "share", "reference-2"));
        assertEquals(0, mean(evaluation, "share-error", "reference-2"));
    }

    private static double mean(Evaluation evaluation, String measurement, String variant) {
        return summary(evaluation, measurement, variant).mean();
    }

    private static Summary summary(Evaluation evaluation, String measurement, String variant) {
        return evaluation.findings().stream()
                .filter(finding -> finding.measurement().equals(measurement))
                .flatMap(finding -> finding.summaries().stream())
                .filter(summary -> summary.variant().equals(variant))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void plotsTheBlendsOverTheWeights() throws IOException {
        Evaluation evaluation = fakes.evaluate(Experiment.BLENDS, request, 2, "out");

        String page = Files.readString(evaluation.report());
        assertFalse(page.contains("http:") || page.contains("https:"));
        assertEquals(3 * 3, page.split("<polyline", -1).length - 1, "three measurements of three series");
        assertEquals(3, page.split("<ul class=\"legend\">", -1).length - 1);
        assertEquals(3, page.split(">weight of reference 1</text>", -1).length - 1);
        assertEquals(3, page.split("<li class=\"s2\">linear</li>", -1).length - 1);
        assertEquals(20 * 2, page.split("src=\"data:image/png;base64,", -1).length - 1, "only the first seed");
        assertEquals(1 + 3 * 20, Files.readAllLines(evaluation.table()).size());
        assertFalse(page.contains("NaN"));
    }

    @Test
    void reportsASingleBlendWithoutRatios() throws IOException {
        fakes.plugins.removeIf(plugin -> plugin.name().equals("apart"));

        Evaluation evaluation = fakes.evaluate(Experiment.BLENDS, request, 1, "out");

        assertEquals(2 + 9, evaluation.variants().size());
        assertFalse(Files.readString(evaluation.report()).contains("is the ratio to"));
    }

    @Test
    void reportsAllFaultsBeforeGeneration() throws IOException {
        SetRequest faulty = request.toBuilder()
                .references(reference("dark.png", 10))
                .attention("none")
                .build();

        AtelierException fault =
                assertThrows(AtelierException.class, () -> fakes.evaluate(Experiment.BLENDS, faulty, 1, "out"));

        assertEquals(
                List.of(
                        "The comparison of blends needs two reference images, not 1.",
                        "Attention 'none' takes nothing from references; choose another for the comparison of blends."),
                fault.getMessage().lines().toList());
        assertEquals(List.of(), fakes.studio.generated);
    }
}
