package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRequestFormatTest {

    private static final SetRequest SETTLED = SetRequest.builder()
            .items(List.of(
                    new SetItem("a house", 5L, 64, 128, Map.of("score-scale", 2.0, "level", List.of("down0"))),
                    SetItem.of("ein Häuschen, \"blau\"\nmit Garten"),
                    new SetItem("城", null, 512, null, Map.of())))
            .style("stained glass")
            .negativePrompt("")
            .seed(9007199254740000L)
            .steps(30)
            .cfgScale(7.5)
            .sampler("dpm++2m")
            .width(128)
            .height(256)
            .attentionOption("adain-queries", true)
            .attentionOption("score-scale", 1.0)
            .attentionOption("tiny", 1e-12)
            .attentionOption("large", 1e20)
            .attentionOption("layers", 12L)
            .attentionOption("blocks", List.of("down0", "up1"))
            .attentionOption("resolutions", List.of(16L, 32L))
            .references(
                    new ReferenceFile("/pictures/tile.png", "a fish", 0.75, "ab".repeat(32)),
                    new ReferenceFile("/pictures/a=b.webp", "城", 0.25, null))
            .blend("linear")
            .inversionSteps(40)
            .inversionCfg(1.5)
            .inversionOffset(0)
            .styleFrom(0.1)
            .styleTo(0.9)
            .chunk(4)
            .dtype("float32")
            .device("cpu")
            .metadata(false)
            .build();

    private final JsonRequestFormat format = new JsonRequestFormat();

    @TempDir
    private Path folder;

    @Test
    void readsBackWhatItWrites() throws IOException {
        assertEquals(SETTLED, read(format.write(SETTLED)));
    }

    @Test
    void keepsOpenValuesOpen() throws IOException {
        SetRequest open = SetRequest.builder().prompts("a fish").build();

        String json = format.write(open);

        assertEquals(open, read(json));
        assertTrue(json.lines().noneMatch(line -> line.contains("seed") || line.contains("null")), json);
    }

    @Test
    void givesDefaultsToWhatIsAbsent() throws IOException {
        assertEquals(SetRequest.builder().prompts("a cat").build(), read("{\"items\": [\"a cat\"]}"));
    }

    @Test
    void findsAReferenceBesideItsRequest() throws IOException {
        SetRequest request = read("{\"references\": [{\"file\": \"tile.png\", \"prompt\": \"a tile\"}]}");

        assertEquals(
                List.of(new ReferenceFile(folder.resolve("tile.png").toString(), "a tile", 1, null)),
                request.references());
    }

    @Test
    void readsTheRequestWithinARecord() throws IOException {
        String record = """
                {"schemaVersion": 1, "version": "0.1.0", "files": [{"file": "000.png"}], "request": %s}""".formatted(format.write(SETTLED));

        assertEquals(SETTLED, read(record));
    }

    @Test
    void readsTheRequestThatAPictureCarries() throws IOException {
        Path picture = Files.write(
                folder.resolve("any-name"),
                PngFile.encode(
                        new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), new PictureTexts("1").of(SETTLED, 1)));

        assertEquals(SETTLED, format.read(picture));
    }

    @Test
    void refusesAPictureWithoutARequest() throws IOException {
        Path picture = Files.write(
                folder.resolve("plain.png"),
                PngFile.encode(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), Map.of("Title", "A house")));

        assertFault("this picture carries no request", picture);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                              | $: expected an object, found begin array",
                "{\"prompt\": \"a cat\"}                         | $.prompt: unknown key; a request has schemaVersion, model, items",
                "{\"items\": \"a cat\"}                          | $.items: expected a list of items, found string",
                "{\"items\": [\"a cat\", 7]}                     | $.items[1]: expected a text, found number",
                "{\"steps\": \"50\"}                             | $.steps: expected a number, found string",
                "{\"steps\": 50.5}                               | $.steps: expected a whole number, found 50.5",
                "{\"steps\": 5000000000}                         | $.steps: 5000000000 is out of range",
                "{\"seed\": 1e999999999}                         | $.seed: expected a whole number",
                "{\"cfgScale\": 1e99999999999}                   | $.cfgScale: 1e99999999999 is out of range",
                "{\"steps\": 50, \"steps\": 40}                  | $.steps: the key stands here twice",
                "{\"model\": null}                               | $.model: expected a text, found null",
                "{\"metadata\": \"yes\"}                         | $.metadata: expected true or false, found string",
                "{\"attentionOptions\": {\"a\": [1, [2]]}}       | $.attentionOptions.a[1]: expected true, false, a number or a text",
                "{\"references\": [\"a.png\"]}                  | $.references[0]: expected an object, found string",
                "{\"references\": [{\"prompt\": \"\"}]}          | $.references[0].prompt: a reference needs a file",
                "{\"references\": [{\"path\": \"\"}]}            | $.references[0].path: unknown key; a reference has file",
                "{\"attentionOptions\": {\"a\": 1, \"a\": 2}}    | $.attentionOptions.a: the key stands here twice",
                "{\"schemaVersion\": 2}                          | schemaVersion 2 is not known; this Atelier reads version 1",
                "{\"request\": {\"steps\": true}}                | $.request.steps: expected a number, found boolean",
                "{\"steps\": 50} {}                              | not valid JSON at line 1 column",
                "{\"steps\": 50,}                                | not valid JSON at line 1 column",
                "{'steps': 50}                                   | not valid JSON at line 1 column",
                "{\"steps\": NaN}                                | not valid JSON at line 1 column",
                "{\"steps\": 50                                  | the JSON ends too early",
                "``                                              | the JSON ends too early",
            })
    void refusesWhatItDoesNotUnderstand(String json, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.json"), json);

        AtelierException fault = assertFault(expected, file);

        assertTrue(fault.getMessage().lines().count() == 1, fault.getMessage());
    }

    @Test
    void refusesNumbersWithoutEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.json"), "{\"seed\": " + "9".repeat(1_000_000) + "}");

        assertFault("not valid JSON at line 1 column 10 path $.seed", file);
    }

    @Test
    void saysThatAFileIsMissing() {
        assertFault("no such file", folder.resolve("none.json"));
    }

    @Test
    void refusesWhatIsNoText() throws IOException {
        assertFault(
                "neither JSON in UTF-8 nor a PNG",
                Files.write(folder.resolve("noise"), new byte[] {(byte) 0xff, (byte) 0xfe, 3}));
    }

    private SetRequest read(String json) throws IOException {
        return format.read(Files.writeString(folder.resolve("recipe.json"), json));
    }

    private AtelierException assertFault(String expected, Path file) {
        AtelierException fault = assertThrows(AtelierException.class, () -> format.read(file));
        assertEquals(AtelierException.Code.INPUT_UNREADABLE, fault.code());
        assertTrue(fault.getMessage().startsWith(file.toString()), fault.getMessage());
        assertTrue(fault.getMessage().contains(expected), fault.getMessage());
        return fault;
    }
}
