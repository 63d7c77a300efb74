package org.atelier.context.caption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.atelier.onnx.OnnxModels;
import org.atelier.onnx.SharedOnnxModels;
import org.atelier.pictures.SourceImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Captions of thirty images, token for token as transformers', by sketchbook-caption and by a tiny BLIP in both namings. */
class CaptionParityTest {

    private static final Path FIXTURES = Path.of("../../src-it/reference/fixtures/captions");
    private static final JsonObject EXPECTED = expected();

    private final OnnxModels models = new SharedOnnxModels(new Models(), 1, Duration.ZERO);

    @ParameterizedTest
    @MethodSource("modelsAndWays")
    void saysWhatTransformersSays(String model, String way) {
        JsonObject said = EXPECTED.getAsJsonObject(model).getAsJsonObject(way);
        JsonArray tokens = said.getAsJsonArray("tokens");
        assertEquals(30, tokens.size());
        boolean isTiny = model.startsWith("tiny");
        String name =
                isTiny ? FIXTURES.resolve(model).toString() : System.getProperty("atelier.sketchbook") + "-caption";
        Given options =
                new Given(name, said.get("beams").getAsInt(), said.get("prompt").getAsString(), isTiny ? 16 : 23);
        try (Captioner captioner = Captioner.open(models.lease(name), options)) {
            for (int i = 0; i < tokens.size(); i++) {
                SourceImage image = SourceImage.open(FIXTURES.resolve("%02d.png".formatted(i)));

                Caption caption = captioner.caption(image.upright(), () -> false);

                assertArrayEquals(longs(tokens.get(i)), caption.tokens(), way + " of " + i);
                assertEquals(said.getAsJsonArray("texts").get(i).getAsString(), caption.text());
                assertTrue(caption.confidence() > 0 && caption.confidence() <= 1);
            }
        }
    }

    static Stream<Arguments> modelsAndWays() {
        return EXPECTED.keySet().stream().flatMap(model -> EXPECTED.getAsJsonObject(model).keySet().stream()
                .map(way -> Arguments.of(model, way)));
    }

    private static JsonObject expected() {
        try {
            return JsonParser.parseString(Files.readString(FIXTURES.resolve("captions.json")))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long[] longs(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .mapToLong(JsonElement::getAsLong)
                .toArray();
    }
}
