package org.atelier.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.atelier.api.AtelierException;
import org.atelier.requests.png.PngFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors in request files name the fault and its location. */
class RefusedRequestFilesTest {

    private final RequestFiles format = FileKinds.format();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "steps: 50\\nsteps: 40                       | 2: $.steps: duplicate key",
                "style: x\\n\\nstep: 40                      | 3: $.step: unknown key; did you mean steps? a request has",
                "items: [a cat]\\nstrength: wild             | 2: $.strength: there is no strength 'wild'; available: subtle",
                "items:\\n- a cat\\n- 7                       | 3: $.items[1]: expected a string, in quotes, found 7",
                "items:\\n- prompt: a cat\\n  sed: 7           | 3: $.items[0].sed: unknown key; did you mean seed? an item has",
                "items:\\n- seed: 7                          | 2: $.items[0]: an item needs a prompt",
                "items:\\n- x.prompt: a                      | 2: $.items[0].x.prompt: unknown key",
                "items:\\n- {prompt: a, init_image: a.png}\\n- b | 3: $.items[1]: this item lacks the init_image that others have; give one to every item, or init_images to the set.",
                "items: [{prompt: a, init_image: a.png}]\\ninit_images: [b.png] | 1: $.items[0]: an item has its own init_image beside the set's init_images; omit one of them.",
                "items: [{prompt: a, mask: a.png}]\\nmasks: [b.png] | 1: $.items[0]: an item has its own mask beside the set's masks; omit one of them.",
                "items: [{prompt: a, mask: 7}]               | 1: $.items[0].mask: expected",
                "items: [a cat]\\nregions: [{prompt: a}]     | 2: $.regions[0]: a region needs a prompt and a mask",
                "regions: [{mask: a.png}]                   | 1: $.regions[0]: a region needs a prompt and a mask",
                "regions: [{prompt: a, mask: ../a.png}]     | 1: $.regions[0].mask: '../a.png' is outside the folder",
                "regions: [{prompt: a, mask: [a.png]}]      | 1: $.regions[0].mask: expected a string, found a list",
                "regions: [{prompt: a, mask: a, image: b}]  | 1: $.regions[0].image: expected a number, found a string",
                "seed: .inf                                 | 1: $.seed: .inf is out of range",
                "seed: !!int 7                              | 1: $.seed: tags are not supported; remove tag:yaml.org,2002:int",
                "style: !!java.lang.Runtime x               | 1: $.style: tags are not supported",
                "style: *nothing                            | 1: $.style: the alias *nothing has no preceding anchor",
                "items: &all [*all]                         | 1: $.items[0]: the alias *all has no preceding anchor",
                "style: [                                   | line 1: not valid YAML",
                "a: b: c                                    | line 1: not valid YAML",
                "inversion_method: loise                    | 1: $.inversion_method: expected ddim or noise, found 'loise'",
                "items: [&                                  | line 1: not valid YAML: unexpected character found \\u0000(0)",
                "%                                          | line 1: not valid YAML: expected alphabetic or numeric character, but found \\u0000(0)",
                "steps: 1\\n---\\nsteps: 2                   | 2: $: expected one document, found a second",
                "``                                         | 1: $: expected an object, found nothing",
            })
    void reportsTheLineInYaml(String yaml, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.yaml"), yaml.replace("\\n", "\n"));

        AtelierException fault = assertFault(expected, file);

        assertTrue(fault.getMessage().lines().count() == 1, fault.getMessage());
    }

    @Test
    void reportsTheLineInJson() throws IOException {
        String json = "{\n \"steps\": 50,\n \"attention_options\": {\"a\": [1,\n 2,\n null\n]}}";

        assertFault(
                "line 5: $.attention_options.a[2]: expected true, false",
                Files.writeString(folder.resolve("recipe.json"), json));
    }

    @Test
    void rejectsAnAliasBomb() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertFault(
                "line 52: $.a51[0]: more than 100 aliases; write the values out",
                Files.writeString(folder.resolve("bomb.yaml"), bomb));
    }

    @Test
    void shortensWhatItQuotes() throws IOException {
        for (String yaml : List.of("style: *%s", "seed: !%s 7", "seed: 1%s.5e999999999", "%s: 1")) {
            Path file = Files.writeString(folder.resolve("long-name.yaml"), yaml.formatted("0".repeat(5000)));
            AtelierException fault = assertThrows(AtelierException.class, () -> format.read(file));
            assertTrue(fault.getMessage().length() < 1000, fault.getMessage());
        }
    }

    @Test
    void rejectsFilesThatAreTooDeepOrTooLong() throws IOException {
        assertFault(
                "nested more than 32 levels deep",
                Files.writeString(folder.resolve("deep.yaml"), "style: " + "[".repeat(100_000)));
        assertFault(
                "nested more than 32 levels deep",
                Files.writeString(folder.resolve("deep.json"), "{\"style\": " + "[".repeat(40)));
        assertFault("characters of YAML", Files.writeString(folder.resolve("long.yaml"), "# " + "x".repeat(1 << 20)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../tile.png", "/etc/hostname", "inner/../../tile.png", "link.png"})
    void rejectsAReferenceOutsideItsFolder(String name) throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path tile = Files.write(folder.resolve("tile.png"), new byte[1]);
        Files.createSymbolicLink(inner.resolve("link.png"), tile);
        Path file = Files.writeString(
                inner.resolve("recipe.yaml"), "items: [a cat]\nreferences:\n- prompt: a tile\n  file: " + name);

        assertFault(
                "line 4: $.references[0].file: '" + name
                        + "' is outside the folder of the request; put the file there, or give its sha256.",
                file);
    }

    @Test
    void rejectsAMaskOfARegionOutsideItsFolder() throws IOException {
        Path file = Files.writeString(
                folder.resolve("recipe.yaml"), "items: [a cat]\nregions: [{prompt: a cup, mask: ../left.png}]");

        assertFault(
                "line 2: $.regions[0].mask: '../left.png' is outside the folder of the request; put the file there, or give its sha256.",
                file);
    }

    @Test
    void namesTheCommandLineForAModelOutsideItsFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.yaml"), "items: [a cat]\nmodel: ../model");

        assertFault(
                "line 2: $.model: '../model' is outside the folder of the request; put the file there, or give it on the command line.",
                file);
    }

    @Test
    void rejectsAModelOutsideItsFolder() throws IOException {
        assertFault(
                "line 1: $.model: '../model' is outside the folder",
                Files.writeString(folder.resolve("recipe.yaml"), "model: ../model"));
        assertEquals(
                folder.resolve("model").toString(),
                format.read(Files.writeString(folder.resolve("recipe.yaml"), "model: ./model"))
                        .model());
    }

    @Test
    void rejectsAnImageWithoutARequest() throws IOException {
        Path image = Files.write(
                folder.resolve("plain.png"),
                PngFile.encode(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), Map.of("Title", "A house")));

        assertFault("this image contains no request", image);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                              | $: expected an object, found a list",
                "{\"prompt\": \"a cat\"}                         | $.prompt: unknown key; a request has schema_version, model, items",
                "{\"prompts\": [\"a cat\"]}                      | $.prompts: unknown key; did you mean items? a request has",
                "{\"items\": \"a cat\"}                          | $.items: expected a list of items, found a string",
                "{\"items\": [\"a cat\", 7]}                     | $.items[1]: expected a string, in quotes, found 7",
                "{\"steps\": \"50\"}                             | $.steps: expected a number, found a string",
                "{\"steps\": 50.5}                               | $.steps: expected a whole number, found 50.5",
                "{\"steps\": 5000000000}                         | $.steps: 5000000000 is out of range",
                "{\"seed\": 1e999999999}                         | $.seed: expected a whole number",
                "{\"cfg_scale\": 1e99999999999}                   | $.cfg_scale: 1e99999999999 is out of range",
                "{\"steps\": 50, \"steps\": 40}                  | $.steps: duplicate key",
                "{\"model\": null}                               | $.model: expected a string, found null",
                "{\"metadata\": \"yes\"}                         | $.metadata: expected true or false, found a string",
                "{\"attention_options\": {\"a\": [1, [2]]}}       | $.attention_options.a[1]: expected true, false, a number or a string",
                "{\"references\": [\"a.png\"]}                  | $.references[0]: expected an object, found a string",
                "{\"references\": [{\"prompt\": \"\"}]}          | $.references[0]: a reference needs a file",
                "{\"references\": [{\"path\": \"\"}]}            | $.references[0].path: unknown key; a reference has file",
                "{\"attention_options\": {\"a\": 1, \"a\": 2}}    | $.attention_options.a: duplicate key",
                "{\"schema_version\": 2}                          | schema_version 2 is not supported; this version of Atelier reads 1",
                "{\"request\": {\"steps\": true}}                | $.request.steps: expected a number, found true",
                "{\"steps\": 50} {}                              | not valid JSON at line 1 column",
                "{\"steps\": 50,}                                | not valid JSON at line 1 column",
                "{'steps': 50}                                   | not valid JSON at line 1 column",
                "{\"steps\": NaN}                                | not valid JSON at line 1 column",
                "{\"steps\": 50                                  | the JSON is incomplete",
                "``                                              | the JSON is incomplete",
            })
    void rejectsInvalidRequests(String json, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.json"), json);

        AtelierException fault = assertFault(expected, file);

        assertTrue(fault.getMessage().lines().count() == 1, fault.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"items\": [\"a \\ud800 cat\"]}",
                "{\"items\": [{\"prompt\": \"a cat \\udc1f\"}]}",
                "{\"items\": [\"a cat\"], \"style\": \"\\udc1f\\ud83d\"}",
                "{\"items\": [\"a cat\"], \"negative_prompt\": \"\\ud83d\"}",
                "{\"items\": [\"a cat\"], \"references\": [{\"file\": \"a.png\", \"prompt\": \"\\ud83d \\udc1f\"}]}",
                "{\"items\": [\"a cat\"], \"attention_options\": {\"a\": \"\\ud83d\"}}",
            })
    void rejectsUnpairedSurrogates(String json) throws IOException {
        assertFault(
                "the text has an unpaired surrogate, which is not valid Unicode",
                Files.writeString(folder.resolve("recipe.json"), json));
        assertFault(
                "the text has an unpaired surrogate, which is not valid Unicode",
                Files.writeString(folder.resolve("recipe.yaml"), "# as YAML\n" + json));
    }

    @Test
    void rejectsNumbersThatAreTooLarge() throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.json"), "{\"seed\": " + "9".repeat(1_000_000) + "}");

        assertFault("not valid JSON at line 1 column 10 path $.seed", file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"items\": [\"a\"], \"\\u001b[2J\\n\\t\": 1}",
                "{\"items\": [\"a\"], \"\\u009b\": 1}",
                "{\"items\": [{\"prompt\": \"a\", \"\\r\": 1}]}",
                "{\"items\": [\"a\"], \"attention_options\": {\"\\u0007\": null}}"
            })
    void showsControlCharactersOfAKeyOnOneLine(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.json"), json);
        String message = assertFault("\\", file).getMessage();
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }

    @Test
    void shortensLongValues() throws IOException {
        String digits = "1".repeat(1000);
        Path file = Files.writeString(folder.resolve("recipe.yaml"), "items: [a]\nseed: " + digits + "\n");
        assertTrue(assertFault("found 111", file).getMessage().length() < 600);
    }

    @Test
    void showsNoControlCharactersOfAKey() throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.json"), "{\"\\u001b[2J\": ?}");

        String message = assertFault("not valid JSON at line 1 column ", file).getMessage();
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void refusesDevicesAndPipesUnopened() throws Exception {
        Path pipe = folder.resolve("recipe.json");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);

        assertFault("a device, a pipe or a socket, not a regular file", pipe);
        assertFault("a device, a pipe or a socket, not a regular file", Path.of("/dev/zero"));
        assertFault("a folder, not a file", folder);
    }

    @Test
    void reportsAMissingFile() {
        assertFault("no such file", folder.resolve("none.json"));
    }

    @Test
    void rejectsBinaryFiles() throws IOException {
        assertFault(
                "neither YAML or JSON in UTF-8 nor a PNG",
                Files.write(folder.resolve("noise"), new byte[] {(byte) 0xff, (byte) 0xfe, 3}));
    }

    @Test
    void rejectsAContextInputOutsideItsFolder() throws IOException {
        assertFault(
                "is outside the folder of the request",
                Files.writeString(
                        folder.resolve("recipe.yaml"), "items: [a cat]\ncontexts: [{kind: speech, input: ../a.wav}]"));
    }

    private AtelierException assertFault(String expected, Path file) {
        AtelierException fault = assertThrows(AtelierException.class, () -> format.read(file));
        assertEquals(AtelierException.Code.INPUT_UNREADABLE, fault.code());
        assertTrue(fault.getMessage().startsWith(file.toString()), fault.getMessage());
        assertTrue(fault.getMessage().contains(expected), fault.getMessage());
        return fault;
    }
}
