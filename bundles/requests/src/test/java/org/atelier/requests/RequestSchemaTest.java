package org.atelier.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.ControlPicture;
import org.atelier.api.set.ControlRules;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Strength;
import org.atelier.api.set.StyleCardFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the reader say the same of a request. */
class RequestSchemaTest {

    private static final Path DOCS = Path.of("../../docs");

    private static final ContextText SAID =
            new ContextText("rainy weather", "whisper", 0.5, List.of(new ContextText.Part("0.00-2.40", "rain", null)));

    private final RequestFiles format = FileKinds.format();

    @TempDir
    private Path folder;

    private static String text() throws IOException {
        return Files.readString(DOCS.resolve("request.schema.json"));
    }

    private static List<String> faults(String request, InputFormat form) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text());
        return schema.validate(request, form).stream().map(Object::toString).toList();
    }

    private static Set<String> keys(JsonObject object) {
        return object.getAsJsonObject("properties").keySet();
    }

    @Test
    void knowsEveryKeyThatTheReaderKnows() throws IOException {
        JsonObject schema = JsonParser.parseString(text()).getAsJsonObject();
        JsonObject definitions = schema.getAsJsonObject("$defs");
        JsonObject item = definitions
                .getAsJsonObject("item")
                .getAsJsonArray("oneOf")
                .get(1)
                .getAsJsonObject();

        assertEquals(Set.copyOf(RequestKeys.OF_REQUEST.names()), keys(schema));
        assertEquals(Set.copyOf(RequestKeys.OF_ITEM.names()), keys(item));
        assertEquals(Set.copyOf(RequestKeys.OF_CARD.names()), keys(definitions.getAsJsonObject("card")));
        assertEquals(Set.copyOf(RequestKeys.OF_REFERENCE.names()), keys(definitions.getAsJsonObject("reference")));
        assertEquals(Set.copyOf(RequestKeys.OF_CONTEXT.names()), keys(definitions.getAsJsonObject("context")));
        assertEquals(Set.copyOf(RequestKeys.OF_CONTROL.names()), keys(definitions.getAsJsonObject("control")));
        assertEquals(Set.copyOf(RequestKeys.OF_WORDS.names()), keys(definitions.getAsJsonObject("words")));
        assertEquals(
                Strength.words(),
                definitions.getAsJsonObject("strength").getAsJsonArray("enum").asList().stream()
                        .map(word -> word.getAsString())
                        .toList());
    }

    @Test
    void saysTheDefaultsThatTheReaderGives() throws IOException {
        JsonObject written =
                RequestJson.of(SetRequest.builder().prompts("a cat").build());
        JsonObject properties = JsonParser.parseString(text()).getAsJsonObject().getAsJsonObject("properties");

        properties.entrySet().forEach(property -> {
            JsonObject described = property.getValue().getAsJsonObject();
            if (described.has("default")) {
                assertEquals(
                        described.get("default").toString().replaceAll("\\.0$", ""),
                        written.get(property.getKey()).toString().replaceAll("\\.0$", ""),
                        property.getKey());
            }
        });
    }

    @Test
    void acceptsWhatAtelierWrites() throws IOException {
        SetRequest request = SetRequest.builder()
                .items(List.of(
                        SetItem.of("a cat"),
                        new SetItem("a fish", 7L, 64, 128, Map.of("level", 0.5, "blocks", List.of("down0")))))
                .seed(3L)
                .negativePrompt("")
                .cfgScale(5)
                .width(128)
                .height(128)
                .references(new ReferenceFile("/tile.png", "a tile", 1, "ab".repeat(32)))
                .contexts(
                        ContextInput.of("place", "Bergen"),
                        new ContextInput("speech", "/note.wav", Map.of("beams", 2L), true, SAID))
                .summary(new ContextSummary("always", SAID, null))
                .blendOptions(Map.of("tension", 0.5))
                .controls(new ControlPicture(
                        "canny", "/a.png", "ab".repeat(32), Map.of("low-threshold", 50.0), "net", 0.8, 0.1, 0.9))
                .controlRules(new ControlRules(true, true, "negative"))
                .inversionSteps(50)
                .inversionOffset(5)
                .card(new StyleCardFile("/pop.style", "cd".repeat(32)))
                .chunk(2)
                .dtype("float32")
                .device("cpu")
                .build();

        assertEquals(List.of(), faults(format.write(request), InputFormat.JSON));
    }

    @Test
    void acceptsTheExampleOfTheDocuments() throws IOException {
        Path example = DOCS.resolve("examples/spring.yaml");

        assertEquals(List.of(), faults(Files.readString(example), InputFormat.YAML));
        SetRequest request = format.read(example);
        assertEquals(6, request.items().size());
        assertEquals(
                new SetItem("a boat", 7L, 192, 128, Map.of()), request.items().get(3));
        assertEquals(Strength.SUBTLE.options(false), request.items().get(5).attentionOptions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"items\": [\"a cat\"], \"step\": 50}",
                "{\"items\": [7]}",
                "{\"items\": [{\"seed\": 7}]}",
                "{\"items\": [{\"prompt\": \"a cat\", \"colour\": 1}]}",
                "{\"items\": [{\"prompt\": \"a cat\", \"strength\": \"wild\"}]}",
                "{\"items\": [\"a cat\"], \"steps\": \"50\"}",
                "{\"items\": [\"a cat\"], \"steps\": 1.5}",
                "{\"items\": [\"a cat\"], \"metadata\": 1}",
                "{\"items\": [\"a cat\"], \"schemaVersion\": 2}",
                "{\"items\": [\"a cat\"], \"references\": [{\"prompt\": \"a tile\"}]}",
                "{\"items\": [\"a cat\"], \"controls\": [{\"file\": \"a.png\"}]}",
                "{\"items\": [\"a cat\"], \"controlGuess\": \"yes\"}",
                "{\"items\": [\"a cat\"], \"attentionOptions\": {\"a\": [[1]]}}",
            })
    void refusesWhatTheReaderRefuses(String request) throws IOException {
        assertTrue(!faults(request, InputFormat.JSON).isEmpty(), "the schema takes it");
        Path file = Files.writeString(folder.resolve("recipe.json"), request);
        assertThrows(AtelierException.class, () -> format.read(file));
    }
}
