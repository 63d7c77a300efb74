package org.atelier.control.depth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.atelier.onnx.SharedOnnxModels;
import org.atelier.pictures.SourceImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The depth that sketchbook-depth estimates, before levels are rounded, against transformers' processor with ONNX Runtime. */
class SketchbookDepthTest {

    private static final Path FIXTURES = Path.of(System.getProperty("atelier.fixtures"));
    private static final int SIDE = 128;
    private static final int SAMPLED = 8;
    private static final float TOLERANCE = 1e-4f;

    private final SharedOnnxModels models = new SharedOnnxModels(new Models(), 1, Duration.ZERO);

    @AfterEach
    void stop() {
        models.stop();
    }

    static Stream<String> drawings() throws IOException {
        return wanted().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("drawings")
    void isThatOfTransformers(String drawing) throws IOException {
        JsonArray wanted = wanted().getAsJsonArray(drawing);
        SourceImage image = SourceImage.open(FIXTURES.resolve("captions/" + drawing + ".png"));

        DepthMap found;
        try (DepthEstimator estimator =
                DepthEstimator.open(models.lease(System.getProperty("atelier.sketchbook") + "-depth"))) {
            found = estimator.estimate(image.upright());
        }

        assertEquals(SIDE, found.width());
        assertEquals(SIDE, found.height());
        int row = SIDE / SAMPLED;
        assertEquals(row * row, wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            float depth = found.values()[i / row * SAMPLED * SIDE + i % row * SAMPLED];
            assertEquals(wanted.get(i).getAsFloat(), depth, TOLERANCE, "place " + i);
        }
    }

    private static JsonObject wanted() throws IOException {
        return JsonParser.parseString(Files.readString(FIXTURES.resolve("depth/sketchbook-depth.json")))
                .getAsJsonObject();
    }
}
