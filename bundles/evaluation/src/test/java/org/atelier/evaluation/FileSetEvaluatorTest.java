package org.atelier.evaluation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.evaluation.MeasuringRequest;
import org.atelier.api.evaluation.SetMeasurements;
import org.atelier.api.evaluation.SetMeasurements.MetricMeasurement;
import org.atelier.api.metadata.GenerationParameters;
import org.atelier.api.metadata.ImageOrigin;
import org.atelier.api.metric.MeasuredImage;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.Measurement.Direction;
import org.atelier.api.metric.Measurement.Part;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which images, prompts and references are measured. */
class FileSetEvaluatorTest {

    private static final SetRequest REQUEST =
            SetRequest.builder().prompts("a house", "a fish").style("pop art").build();

    private final FakeMetrics metrics = new FakeMetrics();
    private final List<String> notes = new ArrayList<>();
    private SetRequest recorded = REQUEST;
    private MeasuredSet measured;
    private Path home;

    private final MeasuringListener listener = new MeasuringListener() {
        @Override
        public void noted(String sentence) {
            notes.add(sentence);
        }
    };

    @BeforeEach
    void install(@TempDir Path folder) {
        home = folder;
        metrics.here.put("levels", (set, listening) -> {
            measured = set;
            listening.noted("Measured.");
            return Measurement.mean(
                            "level",
                            "Level",
                            Direction.HIGHER_IS_CLOSER,
                            set.images().stream()
                                    .map(image -> new Part(
                                            List.of(set.images().indexOf(image)),
                                            image.image().getRGB(0, 0) & 255))
                                    .toList())
                    .stream()
                    .toList();
        });
    }

    @Test
    void measuresTheImagesOfAFolderByNameAndThePromptsInThem() throws IOException {
        Path second = image("b.png", 20);
        Path first = image("a.PNG", 10);
        Files.writeString(home.resolve("notes.txt"), "no image");
        Files.createDirectory(home.resolve("c.png"));

        SetMeasurements found = measure(List.of(home), List.of(), List.of());

        assertEquals(List.of(first, second), found.images());
        assertEquals(List.of("a dog in a.PNG", "a dog in b.png"), prompts());
        assertEquals(0, measured.references().size());
        MetricMeasurement levels = found.measurements().get(0);
        assertEquals("levels", levels.metric());
        assertEquals(15, levels.measurement().value());
        assertEquals(Math.sqrt(50), levels.measurement().deviation(), 1e-12);
        assertEquals(List.of("Measured."), notes);
    }

    @Test
    void measuresTheImagesOfASetAndWhatTheyShow() throws IOException {
        image("000.png", 10);
        image("001.png", 20);
        image("contact-sheet.png", 30);
        record("""
                {"file": "000.png", "index": 0, "prompt": "a house, pop art, calm mood", "seed": 1},
                {"file": "001.png", "index": 1, "prompt": "a fish, pop art, calm mood", "seed": 2},
                {"file": "contact-sheet.png"}""");

        measure(List.of(home), List.of(), List.of());

        assertEquals(List.of("a house, pop art, calm mood", "a fish, pop art, calm mood"), prompts());
        assertEquals(
                List.of("a house", "a fish"),
                measured.images().stream().map(MeasuredImage::object).toList());
    }

    @Test
    void measuresAgainstTheReferencesOfASetAndElseTheirReconstructions() throws IOException {
        Path tile = image("elsewhere/tile.png", 40);
        recorded = REQUEST.toBuilder()
                .references(List.of(new ReferenceFile(tile.toString(), "", 0.5, null)))
                .build();
        image("set/000.png", 10);
        image("set/001.png", 20);
        image("set/002.png", 30);
        record("set", """
                {"file": "000.png", "index": 0, "prompt": "", "reconstruction": true},
                {"file": "001.png", "index": 1, "prompt": "a house, pop art", "seed": 1},
                {"file": "002.png", "index": 2, "prompt": "a fish, pop art", "seed": 2}""");

        measure(List.of(home.resolve("set")), List.of(), List.of());

        assertEquals(List.of(20, 30), levels(measured.images()));
        assertEquals(List.of(40), levels(measured.references()));
        assertEquals(0.5, measured.references().get(0).weight());

        Files.delete(tile);
        measure(List.of(home.resolve("set")), List.of(), List.of());

        assertEquals(List.of(10), levels(measured.references()));
        assertEquals(
                "Reference images of the set are not where they were; their reconstructions are used.", notes.get(1));
    }

    @Test
    void givenPromptsAndReferencesReplaceThoseFound() throws IOException {
        Path one = image("one.png", 10);
        Path other = image("other.png", 20);
        List<ReferenceFile> references = List.of(
                new ReferenceFile(other.toString(), "", 3, null), new ReferenceFile(one.toString(), "", 1, null));

        measure(List.of(other, one), List.of("a cat", "a cup, pop art"), references);

        assertEquals(List.of(20, 10), levels(measured.images()));
        assertEquals(List.of("a cat", "a cup, pop art"), prompts());
        assertEquals(List.of(20, 10), levels(measured.references()));
        assertEquals(
                List.of(3.0, 1.0),
                measured.references().stream().map(MeasuredImage::weight).toList());
    }

    @Test
    void namesAMissingModelBeforeItMeasuresWithTheOthers() throws IOException {
        metrics.here.put("absent", new EvaluationOnFakes.Missing());

        measure(List.of(image("one.png", 10)), List.of(), List.of(), "absent", "levels");

        assertEquals(List.of("The metric 'absent' is skipped: Get the model first.", "Measured."), notes);
    }

    /** Thousands of decoded images would not fit into memory. */
    @Test
    void decodesAnImageWhenAMetricAsksForIt() throws IOException {
        Path file = image("one.png", 10);
        metrics.here.put("replaced", (set, listening) -> {
            MeasuredImage image = set.images().get(0);
            assertNotSame(image.image(), image.image());
            assertDoesNotThrow(() -> Files.delete(file));
            image.image();
            return List.of();
        });

        AtelierException fault =
                assertThrows(AtelierException.class, () -> measure(List.of(file), List.of(), List.of(), "replaced"));

        assertEquals(Code.INPUT_UNREADABLE, fault.code());
        assertEquals(file + ": no such file.", fault.getMessage());
    }

    @Test
    void findsADamagedImageBeforeItMeasures() throws IOException {
        Path whole = image("whole.png", 10);
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(home.resolve("half.png"), Arrays.copyOf(bytes, bytes.length / 2));

        AtelierException fault =
                assertThrows(AtelierException.class, () -> measure(List.of(whole, half), List.of(), List.of()));

        assertEquals(half + ": a damaged PNG image.", fault.getMessage());
        assertEquals(List.of(), notes);
    }

    @Test
    void reportsEveryFaultBeforeItMeasures() throws IOException {
        Path image = image("one.png", 10);
        Path text = Files.writeString(home.resolve("text.png"), "no image");
        Files.createDirectory(home.resolve("empty"));

        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> measure(
                        List.of(image, text, home.resolve("empty")),
                        List.of(),
                        List.of(new ReferenceFile(image.toString(), "", -1, null)),
                        "beauty"));

        assertEquals(
                List.of(
                        home.resolve("empty") + " has no PNG, JPEG or WebP images.",
                        "The weight of the reference " + image + " must be a number above 0, not -1.0.",
                        text + ": not a PNG, JPEG or WebP image.",
                        "There is no metric 'beauty'; available: levels."),
                fault.getMessage().lines().toList());
        assertEquals(List.of(), notes);
    }

    @Test
    void requiresAPromptForEachImage() throws IOException {
        List<Path> images = List.of(image("one.png", 10), image("other.png", 20));

        AtelierException fault =
                assertThrows(AtelierException.class, () -> measure(images, List.of("a cat"), List.of()));

        assertEquals(Code.INVALID_REQUEST, fault.code());
        assertEquals("2 images need a prompt each, in order, and there are 1.", fault.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "[5]",
                "[{\"file\": null, \"index\": 0, \"prompt\": \"a house\"}]",
                "[{\"file\": \"000.png\", \"index\": 0, \"prompt\": null}]",
                "[{\"file\": \"000.png\", \"index\": {}, \"prompt\": \"a house\"}]",
                "[{\"file\": \"000\\u0000.png\", \"index\": 0, \"prompt\": \"a house\"}]",
                "[{\"file\": \"000.png\", \"index\": 7, \"prompt\": \"a house\"}]"
            })
    void refusesARecordThatIsNone(String files) throws IOException {
        Files.writeString(home.resolve("set.json"), "{\"files\": " + files + "}");

        AtelierException fault =
                assertThrows(AtelierException.class, () -> measure(List.of(home), List.of(), List.of()));

        assertEquals(Code.INPUT_UNREADABLE, fault.code());
        assertEquals(
                home.resolve("set.json") + " does not describe the images of a set; name the images.",
                fault.getMessage());
    }

    @Test
    void namesTheFolderOfARecord() throws IOException {
        record("");

        AtelierException fault = assertThrows(
                AtelierException.class, () -> measure(List.of(home.resolve("set.json")), List.of(), List.of()));

        assertEquals(home.resolve("set.json") + " describes a set; name its folder, " + home + ".", fault.getMessage());
    }

    @Test
    void namesTheRecordWhoseRequestIsFaulty() throws IOException {
        recorded = null;
        record("");

        AtelierException fault =
                assertThrows(AtelierException.class, () -> measure(List.of(home), List.of(), List.of()));

        assertEquals(home.resolve("set.json") + ": the request: the JSON is incomplete.", fault.getMessage());
    }

    @Test
    void namesAMetricThatHasNoFigure() throws IOException {
        metrics.here.put("pairs", (set, listening) -> List.of());

        SetMeasurements found = measure(List.of(image("one.png", 10)), List.of(), List.of(), "levels", "pairs");

        assertEquals(1, found.measurements().size());
        assertEquals(
                List.of(
                        "Measured.",
                        "The metric 'pairs' has no figure for these images; give two or more, or a reference."),
                notes);
    }

    @Test
    void aMetricThatExplainsItselfNeedsNoOtherNote() throws IOException {
        metrics.here.put("texts", (set, listening) -> {
            listening.noted("These images have no text.");
            return List.of();
        });

        measure(List.of(image("one.png", 10)), List.of(), List.of(), "texts");

        assertEquals(List.of("These images have no text."), notes);
    }

    private SetMeasurements measure(
            List<Path> files, List<String> prompts, List<ReferenceFile> references, String... names) {
        List<MetricSelection> chosen =
                List.of(names).stream().map(MetricSelection::of).toList();
        return new FileSetEvaluator(new RecordedFormat(), FileSetEvaluatorTest::inspect, metrics)
                .measure(new MeasuringRequest(files, prompts, references, chosen), listener);
    }

    private static ImageOrigin inspect(Path file) {
        GenerationParameters foreign =
                new GenerationParameters("a program", "a dog in " + file.getFileName(), "", Map.of());
        return new ImageOrigin(1, 1, null, null, null, foreign, Map.of());
    }

    private List<String> prompts() {
        return measured.images().stream().map(MeasuredImage::prompt).toList();
    }

    private static List<Integer> levels(List<MeasuredImage> images) {
        return images.stream().map(image -> image.image().getRGB(0, 0) & 255).toList();
    }

    private Path image(String name, int level) throws IOException {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x010101 * level);
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private void record(String entries) throws IOException {
        record(".", entries);
    }

    private void record(String folder, String entries) throws IOException {
        Files.writeString(home.resolve(folder).resolve("set.json"), "{\"files\": [" + entries + "]}");
    }

    /** Reads the request of the test. */
    private final class RecordedFormat implements RequestFormat {

        @Override
        public SetRequest readBack(String written) {
            if (recorded == null) {
                throw new AtelierException(Code.INVALID_REQUEST, "the request: the JSON is incomplete.");
            }
            return recorded;
        }

        @Override
        public String write(SetRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> defaults() {
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
}
