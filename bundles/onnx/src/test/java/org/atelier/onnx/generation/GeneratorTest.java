package org.atelier.onnx.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.json.Settings;
import org.atelier.onnx.ModelsIn;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.Outputs;
import org.atelier.onnx.SharedOnnxModels;
import org.atelier.onnx.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A tiny T5 of random weights says what transformers' {@code generate} says, whichever form its decoder lies in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratorTest {

    private static final Path FIXTURES = Path.of("../../src-it/reference/fixtures");
    private static final long START = 0;

    @TempDir
    private Path folder;

    private final JsonObject expected = expected();
    private SharedOnnxModels models;
    private OnnxModel model;

    @BeforeAll
    void open() {
        models = ModelsIn.folder(FIXTURES);
        model = models.lease("tiny-t5");
    }

    @AfterAll
    void close() {
        model.close();
    }

    @ParameterizedTest
    @MethodSource("waysAndForms")
    void saysWhatTransformersSays(String way, String form) throws IOException {
        JsonObject said = expected.getAsJsonObject("generated").getAsJsonObject(way);
        JsonArray scores = said.getAsJsonArray("scores");
        Generator generator = new Generator(decoder(form), settings(said.getAsJsonObject("settings")), () -> false);
        JsonArray inputs = expected.getAsJsonArray("inputs");
        assertEquals(30, inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            Generated generated = generate(generator, longs(inputs.get(i)));

            assertArrayEquals(longs(said.getAsJsonArray("tokens").get(i)), generated.tokens(), way + " of " + i);
            if (!scores.isEmpty()) {
                assertEquals(scores.get(i).getAsDouble(), generated.score(), 1e-4);
            }
            assertEquals(generated.tokens().length, generated.logProbabilities().length);
        }
    }

    Stream<Arguments> waysAndForms() {
        return expected.getAsJsonObject("generated").keySet().stream()
                .flatMap(way ->
                        Stream.of("merged", "two graphs", "without a cache").map(form -> Arguments.of(way, form)));
    }

    @Test
    void stopsBetweenTwoPasses() throws IOException {
        int[] asked = {0};
        Generator generator = new Generator(decoder("merged"), settings(new JsonObject()), () -> asked[0]++ == 3);

        AtelierException fault = assertThrows(AtelierException.class, () -> generate(generator, 5, 6, 1));

        assertEquals(Code.CANCELLED, fault.code());
        assertEquals(4, asked[0]);
    }

    @Test
    void tellsHowSureItIs() throws IOException {
        Generated generated =
                generate(new Generator(decoder("merged"), settings(new JsonObject()), () -> false), 5, 6, 1);

        assertTrue(generated.confidence() > 1 / 40. && generated.confidence() < 1, generated + "");
        assertEquals(
                generated.score(), Arrays.stream(generated.logProbabilities()).sum(), 1e-12);
    }

    private TextDecoder decoder(String form) {
        return switch (form) {
            case "merged" -> TextDecoders.of(model);
            case "two graphs" ->
                new CachedDecoder(model.graph("decoder_model"), model.graph("decoder_with_past_model"));
            default -> new WholeDecoder(model.graph("decoder_model"));
        };
    }

    private Generated generate(Generator generator, long... input) {
        long[] ones = new long[input.length];
        Arrays.fill(ones, 1);
        try (Tensor ids = Tensor.longs(input, 1, input.length);
                Tensor mask = Tensor.longs(ones, 1, input.length);
                Outputs encoded = model.graph("encoder_model")
                        .run(Map.of("input_ids", ids, "attention_mask", mask), List.of("last_hidden_state"))) {
            Map<String, Tensor> memory =
                    Map.of("encoder_hidden_states", encoded.get("last_hidden_state"), "encoder_attention_mask", mask);
            return generator.generate(memory, START);
        }
    }

    private GenerationSettings settings(JsonObject json) throws IOException {
        json.addProperty("eos_token_id", 1);
        return GenerationSettings.of(
                Settings.read(Files.writeString(folder.resolve("generation_config.json"), json.toString())));
    }

    private static JsonObject expected() {
        try {
            return JsonParser.parseString(Files.readString(FIXTURES.resolve("tiny-t5/generation.json")))
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
