package org.atelier.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ContextText.Part;
import org.atelier.api.model.LoraInput;
import org.atelier.api.region.Region;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.ControlRules;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCardFile;
import org.atelier.requests.png.PngFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFilesTest {

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
            .samplerOption("order", 2L)
            .width(128)
            .height(256)
            .strength("strong")
            .attentionOption("adain-queries", true)
            .attentionOption("score-scale", 1.0)
            .attentionOption("tiny", 1e-12)
            .attentionOption("large", 1e20)
            .attentionOption("layers", 12L)
            .attentionOption("blocks", List.of("down0", "up1"))
            .attentionOption("resolutions", List.of(16L, 32L))
            .references(
                    new ReferenceFile("/pictures/tile.png", "a fish", 0.75, "ab".repeat(32)),
                    new ReferenceFile("/pictures/a=b.webp", "城", 0.25, "cd".repeat(32)))
            .loras(new LoraInput("linocut", 0.8, 0.5, "12".repeat(32)), LoraInput.of("/loras/a=b.safetensors"))
            .regions(
                    new Region(1, "a boat", "/masks/left.png", "ef".repeat(32)),
                    new Region(null, "城", "/masks/a=b.webp", "12".repeat(32)))
            .regionBootstrapping(0.25)
            .blend("linear")
            .blendOptions(Map.of("tension", 0.5, "order", List.of(2L, 1L)))
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

    private final RequestFiles format = FileKinds.format();

    @TempDir
    private Path folder;

    @Test
    void readsBackWhatItWrites() throws IOException {
        assertEquals(SETTLED, read(format.write(SETTLED)));
    }

    @Test
    void readsBackWhatItWritesFromAString() {
        assertEquals(SETTLED, format.read(format.write(SETTLED), "the request"));
    }

    @Test
    void readsYamlFromAString() {
        assertEquals(
                List.of("a fish"),
                format.read("items:\n- a fish\n", "the request").prompts());
    }

    /** The lists of the set hold them, so that a request has one form. */
    @Test
    void anItemCanHaveItsOwnInitImageAndMask() throws IOException {
        for (String picture : List.of("sketch.png", "boat.png", "mask.png")) {
            Files.createFile(folder.resolve(picture));
        }
        SetRequest request =
                format.read(Files.writeString(folder.resolve("recipe.yaml"), """
                items:
                - {prompt: a castle, init_image: sketch.png, mask: mask.png}
                - {prompt: a boat, seed: 7, init_image: {file: boat.png, sha256: %s}, mask: mask.png}
                denoise: 0.5
                """.formatted("ab".repeat(32))));

        assertEquals(List.of(SetItem.of("a castle"), new SetItem("a boat", 7L, null, null, Map.of())), request.items());
        assertEquals(
                List.of(
                        ImageFile.of(folder.resolve("sketch.png").toString()),
                        new ImageFile(folder.resolve("boat.png").toString(), "ab".repeat(32))),
                request.initImages().images());
        assertEquals(
                List.of("mask.png", "mask.png"),
                request.initImages().masks().stream()
                        .map(mask -> Path.of(mask.file()).getFileName().toString())
                        .toList());
        assertFalse(format.write(request).contains("init_image\""));
        assertEquals(
                List.of("mask.png"),
                format
                        .read(
                                "{\"items\": [{\"prompt\": \"a\", \"mask\": \"/mask.png\"}], \"init_images\": [\"/a.png\"]}",
                                "it")
                        .initImages()
                        .masks()
                        .stream()
                        .map(mask -> Path.of(mask.file()).getFileName().toString())
                        .toList(),
                "a picture for all, and a mask of its own");
    }

    @Test
    void theTextEncoderOfALoraHasTheStrengthOfTheUNetUnlessItHasItsOwn() {
        assertEquals(
                List.of(
                        LoraInput.of("linocut"),
                        new LoraInput("chalk", 0.5, 0.5, null),
                        new LoraInput("ink", 1, 0, null)),
                format.read(
                                "items: [a fish]\nloras: [linocut, {lora: chalk, unet: 0.5}, {lora: ink, text_encoder: 0}]",
                                "the request")
                        .modelOptions()
                        .loras());
    }

    @ParameterizedTest
    @ValueSource(strings = {"references: [{file: tile.png, prompt: a fish}]", "model: ./mine", "loras: [./mine]"})
    void rejectsRelativeFileNamesInAString(String line) {
        AtelierException fault = assertThrows(
                AtelierException.class, () -> format.read("items:\n- a fish\n" + line + "\n", "the request"));

        assertTrue(fault.getMessage().startsWith("the request, line 3: "), fault.getMessage());
        assertTrue(fault.getMessage().contains("must be an absolute path"), fault.getMessage());
    }

    /** The files may be missing when the journal of a queue is read. */
    @Test
    void readsBackARequestWhoseFilesAreMissing() {
        ContextText words =
                new ContextText("a red \"house\"\nby the sea", "whisper", 0.5, List.of(new Part("0-1", "red", null)));
        SetRequest request = SETTLED.toBuilder()
                .card(new StyleCardFile("/cards/gone.style", "ef".repeat(32)))
                .contexts(List.of(
                        new ContextInput("speech", "/gone/voice.wav", Map.of("language", "de"), true, words),
                        new ContextInput("place", "Oslo", Map.of(), false, null),
                        new ContextInput(
                                "music",
                                "/gone/song.mp3",
                                Map.of("labels", List.of("jazz")),
                                false,
                                "cd".repeat(32),
                                null)))
                .summary(new ContextSummary("always", words, null))
                .controls(List.of(new ControlInput(
                        "canny", "/gone/plan.png", "ab".repeat(32), Map.of("low", 10L), "net", 0.5, 0, 0.75)))
                .controlRules(new ControlRules(true, true, "negative"))
                .build();

        assertEquals(request, format.readBack(format.write(request)));
    }

    @Test
    void keepsUnsetValuesUnset() throws IOException {
        SetRequest open = SetRequest.builder().prompts("a fish").build();

        String json = format.write(open);

        assertEquals(open, read(json));
        assertTrue(json.lines().noneMatch(line -> line.contains("seed") || line.contains("null")), json);
    }

    @Test
    void setsDefaultsForAbsentFields() throws IOException {
        assertEquals(SetRequest.builder().prompts("a cat").build(), read("{\"items\": [\"a cat\"]}"));
    }

    @Test
    void resolvesAReferenceRelativeToItsRequest() throws IOException {
        SetRequest request = read("{\"references\": [{\"file\": \"tile.png\", \"prompt\": \"a tile\"}]}");

        assertEquals(
                List.of(new ReferenceFile(folder.resolve("tile.png").toString(), "a tile", 1, null)),
                request.references().images());
    }

    @Test
    void readsYamlAndJsonAlike() throws IOException {
        SetRequest yaml = readYaml("""
                # A comment.
                items:
                  - a house
                  - {prompt: "a fish", seed: 12, width: 0x80, attention_options: {level: 0.25, blocks: [down0, "1"]}}
                style: yes
                seed: 7
                cfg_scale: 1e1
                metadata: false
                negative_prompt: "\\u57ce"
                """);
        SetRequest json = read("""
                {"items": ["a house",
                \t{"prompt": "a fish", "seed": 12, "width": 128, "attention_options": {"level": 0.25, "blocks": ["down0", "1"]}}],
                \t"style": "yes", "seed": 7, "cfg_scale": 10, "metadata": false, "negative_prompt": "\\u57ce"}""");

        assertEquals(json, yaml);
        assertEquals("城", yaml.negativePrompt());
        assertEquals(
                new SetItem("a fish", 12L, 128, null, Map.of("level", 0.25, "blocks", List.of("down0", "1"))),
                yaml.items().get(1));
    }

    @Test
    void readsAStrengthAndTheOptionsThatOverrideIt() throws IOException {
        SetRequest request = readYaml("""
                strength: strong
                attention_options: {level: 0.5}
                items:
                  - a house
                  - {prompt: a fish, strength: subtle}
                """);

        assertEquals("strong", request.sharing().strength());
        assertEquals(Map.of("level", 0.5), request.sharing().attentionOptions());
        assertEquals(
                new SetItem("a fish", null, null, null, "subtle", Map.of()),
                request.items().get(1));
    }

    /** Only the studio can check the strength of an attention that is not installed here. */
    @Test
    void readsAStrengthOfAnAttentionThatIsNotInstalled() throws IOException {
        assertEquals(
                "wild",
                readYaml("items: [a cat]\nattention: mosaic\nstrength: wild")
                        .sharing()
                        .strength());
    }

    @Test
    void aStrengthReplacesOnlyItsOwnOptionsOfTheCard() throws IOException {
        SetRequest request = readYaml("""
                card: {file: pop.style}
                attention_options: {level: 0.5}
                strength: strong
                items: [a fish]
                """);

        assertEquals(
                Map.of("level", 0.5, "adain-values", true), request.sharing().attentionOptions());
        assertEquals("strong", request.sharing().strength());
        assertEquals("linocut", request.style());
        assertNull(request.seed());
        assertEquals(
                FileKinds.FIRST.sharing().attentionOptions(),
                readYaml("card: {file: pop.style}\nitems: [a fish]").sharing().attentionOptions());
        assertEquals(
                Map.of(),
                readYaml("card: {file: pop.style}\nitems: [a fish]\nattention: full")
                        .sharing()
                        .attentionOptions());
    }

    @Test
    void anAliasHasTheValueOfItsAnchor() throws IOException {
        SetRequest request = readYaml("""
                items:
                  - {prompt: a house, attention_options: &bold {score-scale: 1.5}}
                  - {prompt: a fish, attention_options: *bold}
                """);

        assertEquals(
                request.items().get(0).attentionOptions(),
                request.items().get(1).attentionOptions());
    }

    private SetRequest readYaml(String yaml) throws IOException {
        return format.read(Files.writeString(folder.resolve("recipe.yaml"), yaml));
    }

    @Test
    void readsTheRequestInARecord() throws IOException {
        String record = """
                {"schema_version": 1, "version": "0.1.0", "files": [{"file": "000.png"}], "request": %s}""".formatted(format.write(SETTLED));

        assertEquals(SETTLED, read(record));
    }

    @Test
    void readsTheRequestInTheMetadataOfAnImage() throws IOException {
        Path image = Files.write(
                folder.resolve("any-name"),
                PngFile.encode(
                        new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), new ImageMetadata("1").of(SETTLED, 1)));

        assertEquals(SETTLED, format.read(image));
    }

    @Test
    void resolvesAContextInputRelativeToTheRequestIfItsKindReadsFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.yaml"), """
                items: [a cat]
                contexts:
                  - {kind: speech, input: notes/a.wav}
                  - {kind: place, input: notes/a.wav}
                """);

        assertEquals(
                List.of(folder.resolve("notes/a.wav").toString(), "notes/a.wav"),
                format.read(file).contexts().inputs().stream()
                        .map(ContextInput::input)
                        .toList());

        Files.writeString(file, "items: [a cat]\ncontexts: [{kind: place, input: ../a.wav}]");
        assertEquals("../a.wav", format.read(file).contexts().inputs().get(0).input());
    }

    private SetRequest read(String json) throws IOException {
        return format.read(Files.writeString(folder.resolve("recipe.json"), json));
    }
}
