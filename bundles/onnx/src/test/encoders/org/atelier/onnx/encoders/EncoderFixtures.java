package org.atelier.onnx.encoders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.metric.MeasuredImage;
import org.atelier.api.metric.Measurement;
import org.atelier.pictures.SourceImage;

/** What transformers finds with the tiny networks on the six images: encoder_fixtures.py. */
public final class EncoderFixtures {

    public static final Path ENCODERS = Path.of(System.getProperty("atelier.fixtures")).resolve("encoders");

    private static final int IMAGES = 6;

    /** Both compute in float32. */
    private static final double ROUNDING = 1e-5;

    private EncoderFixtures() {}

    public static JsonObject figures() throws IOException {
        return JsonParser.parseString(Files.readString(ENCODERS.resolve("figures.json")))
                .getAsJsonObject();
    }

    /** The images with their whole prompts. */
    public static List<MeasuredImage> images() throws IOException {
        JsonArray prompts = figures().getAsJsonArray("prompts");
        return IntStream.range(0, IMAGES)
                .mapToObj(i -> MeasuredImage.of(
                        SourceImage.open(ENCODERS.resolveSibling("captions/0" + i + ".png"))
                                .upright(),
                        prompts.get(i).getAsString()))
                .toList();
    }

    public static void assertFound(String figure, Measurement found) throws IOException {
        JsonObject wanted = figures().getAsJsonObject(figure);
        assertEquals(wanted.get("value").getAsDouble(), found.value(), ROUNDING);
        assertEquals(wanted.get("deviation").getAsDouble(), found.deviation(), ROUNDING);
        JsonArray parts = wanted.getAsJsonArray("parts");
        assertEquals(parts.size(), found.parts().size());
        for (int i = 0; i < parts.size(); i++) {
            assertEquals(parts.get(i).getAsDouble(), found.parts().get(i).value(), ROUNDING);
        }
    }
}
