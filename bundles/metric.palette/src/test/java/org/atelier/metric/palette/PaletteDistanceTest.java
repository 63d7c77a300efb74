package org.atelier.metric.palette;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.atelier.api.metric.MeasuredImage;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.MeasuringListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteDistanceTest {

    private static final Path FIXTURES = Path.of("../../src-it/reference/fixtures");
    private static final int IMAGES = 4;
    private static final MeasuringListener PATIENT = new MeasuringListener() {};

    private final PaletteDistance metric = new PaletteDistance();

    @ParameterizedTest
    @ValueSource(strings = {"sketchbook-none", "sketchbook-shared"})
    void findsWhatTheReferenceFinds(String folder) throws IOException {
        JsonObject wanted = JsonParser.parseString(Files.readString(FIXTURES.resolve("metrics.json")))
                .getAsJsonObject()
                .getAsJsonObject(folder)
                .getAsJsonObject("palette");

        List<Measurement> found = metric.measure(MeasuredSet.of(images(folder)), PATIENT);

        assertEquals(
                List.of("pairs", "reference"),
                found.stream().map(Measurement::name).toList());
        for (Measurement measurement : found) {
            assertEquals(wanted.get(measurement.name()).getAsDouble(), measurement.value(), 1e-6, measurement.name());
        }
        List<Measurement.Part> pairs = found.get(0).parts();
        for (int pair = 0; pair < pairs.size(); pair++) {
            assertEquals(
                    wanted.getAsJsonArray("parts").get(pair).getAsDouble(),
                    pairs.get(pair).value(),
                    1e-6);
        }
    }

    /** Three parts of the one reference and one of the other: the mean of the distances by these weights. */
    @Test
    void weighsReferences() throws IOException {
        List<MeasuredImage> images = images("sketchbook-none");
        List<MeasuredImage> references = List.of(
                new MeasuredImage(images.get(1).image(), "one", 3),
                new MeasuredImage(images.get(2).image(), "other", 1));

        List<Measurement> pairs = metric.measure(MeasuredSet.of(images), PATIENT);
        List<Measurement> found = metric.measure(new MeasuredSet(images.subList(0, 1), references), PATIENT);

        double first = pairs.get(0).parts().get(0).value();
        double second = pairs.get(0).parts().get(1).value();
        assertEquals(List.of("reference"), found.stream().map(Measurement::name).toList());
        assertEquals((3 * first + second) / 4, found.get(0).value(), 1e-9);
    }

    private static List<MeasuredImage> images(String folder) throws IOException {
        List<MeasuredImage> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            Path file = FIXTURES.resolve(folder).resolve("00" + i + ".png");
            images.add(MeasuredImage.of(ImageIO.read(file.toFile()), "image " + i));
        }
        return images;
    }
}
