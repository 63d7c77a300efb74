package org.atelier.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
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
import org.atelier.api.AtelierException;
import org.atelier.api.context.ContextText;
import org.atelier.api.region.Region;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.ControlRules;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCardFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the reader agree. */
class RequestSchemaTest {

    private static final Path DOCS = Path.of("../../docs");

    private static final ContextText RESOLVED =
            new ContextText("rainy weather", "whisper", 0.5, List.of(new ContextText.Part("0.00-2.40", "rain", null)));

    private final RequestFiles format = FileKinds.format();

    @TempDir
    private Path folder;

    private static final Path SCHEMA = DOCS.resolve("request.schema.json");

    private static List<String> faults(String request, InputFormat form) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
        return schema.validate(request, form).stream().map(Object::toString).toList();
    }

    /** Updates the schema if the system property atelier.schema.write is set. */
    @Test
    void isGeneratedFromTheTableOfFields() throws IOException {
        String schema = Json.pretty(RequestSchema.json());
        if (Boolean.getBoolean("atelier.schema.write")) {
            Files.writeString(SCHEMA, schema);
        }

        assertEquals(
                schema,
                Files.readString(SCHEMA),
                "docs/request.schema.json does not match the fields; update it with -Datelier.schema.write=true");
    }

    @Test
    void hasTheDefaultsOfTheReader() throws IOException {
        JsonObject properties = JsonParser.parseString(Files.readString(SCHEMA))
                .getAsJsonObject()
                .getAsJsonObject("properties");
        SetRequest open = SetRequest.builder().build();
        int defaults = 0;
        for (Map.Entry<String, JsonElement> property : properties.entrySet()) {
            JsonElement defaultValue = property.getValue().getAsJsonObject().get("default");
            if (defaultValue != null) {
                JsonObject request = new JsonObject();
                request.add(property.getKey(), defaultValue);
                assertEquals(open, format.read(request.toString(), property.getKey()));
                defaults++;
            }
        }
        assertTrue(defaults > 15, "%d defaults".formatted(defaults));
    }

    @Test
    void acceptsWhatAtelierWrites() throws IOException {
        SetRequest request = SetRequest.builder()
                .items(List.of(
                        SetItem.of("a cat"),
                        new SetItem("a fish", 7L, 64, 128, "subtle", Map.of("level", 0.5, "blocks", List.of("down0")))))
                .seed(3L)
                .strength("strong")
                .samplerOptions(Map.of("order", 2L))
                .negativePrompt("")
                .cfgScale(5)
                .width(128)
                .height(128)
                .references(new ReferenceFile("/tile.png", "a tile", 1, "ab".repeat(32)))
                .contexts(
                        ContextInput.of("place", "Bergen"),
                        new ContextInput("speech", "/note.wav", Map.of("beams", 2L), true, RESOLVED))
                .summary(new ContextSummary("always", RESOLVED, null))
                .blendOptions(Map.of("tension", 0.5))
                .regions(new Region(1, "a boat", "/left.png", "ab".repeat(32)), Region.of("a cat", "/right.png"))
                .regionBootstrapping(1)
                .controls(new ControlInput(
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
    void acceptsTheExampleInTheDocumentation() throws IOException {
        Path example = DOCS.resolve("examples/spring.yaml");

        assertEquals(List.of(), faults(Files.readString(example), InputFormat.YAML));
        SetRequest request = format.read(example);
        assertEquals(6, request.items().size());
        assertEquals(
                new SetItem("a boat", 7L, 192, 128, Map.of()), request.items().get(3));
        assertEquals("subtle", request.items().get(5).strength());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"items\": [\"a cat\"], \"step\": 50}",
                "{\"items\": [7]}",
                "{\"items\": [{\"seed\": 7}]}",
                "{\"items\": [{\"prompt\": \"a cat\", \"colour\": 1}]}",
                "{\"items\": [{\"prompt\": \"a cat\", \"strength\": 2}]}",
                "{\"items\": [\"a cat\"], \"steps\": \"50\"}",
                "{\"items\": [\"a cat\"], \"steps\": 1.5}",
                "{\"items\": [\"a cat\"], \"metadata\": 1}",
                "{\"items\": [\"a cat\"], \"schema_version\": 2}",
                "{\"items\": [\"a cat\"], \"references\": [{\"prompt\": \"a tile\"}]}",
                "{\"items\": [\"a cat\"], \"controls\": [{\"file\": \"a.png\"}]}",
                "{\"items\": [\"a cat\"], \"regions\": [{\"prompt\": \"a boat\"}]}",
                "{\"items\": [\"a cat\"], \"regions\": [{\"mask\": \"left.png\"}]}",
                "{\"items\": [\"a cat\"], \"regions\": {\"prompt\": \"a boat\", \"mask\": \"left.png\"}}",
                "{\"items\": [\"a cat\"], \"regions\": [{\"prompt\": \"a boat\", \"mask\": \"left.png\", \"image\": \"1\"}]}",
                "{\"items\": [\"a cat\"], \"control_guess\": \"yes\"}",
                "{\"items\": [\"a cat\"], \"attention_options\": {\"a\": [[1]]}}",
            })
    void rejectsWhatTheReaderRejects(String request) throws IOException {
        assertTrue(!faults(request, InputFormat.JSON).isEmpty(), "the schema takes it");
        Path file = Files.writeString(folder.resolve("recipe.json"), request);
        assertThrows(AtelierException.class, () -> format.read(file));
    }
}
