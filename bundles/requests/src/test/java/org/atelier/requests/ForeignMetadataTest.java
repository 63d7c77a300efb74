package org.atelier.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.metadata.GenerationParameters;
import org.atelier.api.metadata.ImageOrigin;
import org.atelier.api.set.SetRequest;
import org.atelier.requests.png.PngFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of other programs: what they say, and what a request takes of it. */
class ForeignMetadataTest {

    private static final Path IMAGES = Path.of("../../src-it/reference/fixtures/metadata");

    private final List<String> notes = new ArrayList<>();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("images")
    void readsEveryText(String name, JsonObject facts) {
        ImageOrigin origin = new EmbeddedRequestInspector().inspect(IMAGES.resolve(name));

        assertEquals(texts(facts.get("texts")), origin.texts());
        assertEquals(List.of(16, 8), List.of(origin.width(), origin.height()));
    }

    @ParameterizedTest
    @MethodSource("images")
    void findsHowItWasGenerated(String name, JsonObject facts) {
        GenerationParameters foreign =
                new EmbeddedRequestInspector().inspect(IMAGES.resolve(name)).foreign();

        if (facts.get("found").isJsonNull()) {
            assertNull(foreign);
        } else {
            JsonObject found = facts.getAsJsonObject("found");
            assertEquals(
                    new GenerationParameters(
                            found.get("program").getAsString(),
                            found.get("prompt").getAsString(),
                            found.get("negative_prompt").getAsString(),
                            texts(found.get("settings"))),
                    foreign);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webui.png",
                "webui-exif.png",
                "webui-little-endian.jpg",
                "webui-big-endian.jpg",
                "webui-undefined.webp",
                "webui-comment.jpg"
            })
    void takesWhatARequestCanHold(String name) {
        SetRequest request = FileKinds.format().read(IMAGES.resolve(name), notes::add);

        assertEquals(
                SetRequest.builder()
                        .prompts("masterpiece, (a fish:1.2), 彩色, é")
                        .negativePrompt("lowres, bad anatomy")
                        .steps(20)
                        .sampler("dpm++2m")
                        .samplerOption("sigmas", "karras")
                        .cfgScale(7)
                        .seed(3540802589L)
                        .width(512)
                        .height(768)
                        .build(),
                request);
        assertEquals(
                List.of(
                        "The image was generated with the model 'serenity_v21'; name a model with --model.",
                        "Weights and networks in the prompt, such as (word:1.2) and <hypernet:name:1>, are read as plain"
                                + " text.",
                        "Left out of what stable-diffusion-webui wrote: Model hash, Lora hashes, Version."),
                notes);
    }

    @Test
    void namesTheLorasOfThePrompt() throws IOException {
        SetRequest request = FileKinds.format()
                .read(webui("<lora:a b_v1:0.8>, a fish, <lora:ink> blue <lora:x:-1:0.5>\nSteps: 20"), notes::add);

        assertEquals(List.of("a fish blue"), request.prompts());
        assertEquals(
                List.of(
                        "The image was generated with the LoRA 'a b_v1'; give its file with --lora FILE=0.8.",
                        "The image was generated with the LoRA 'ink'; give its file with --lora FILE.",
                        "The image was generated with the LoRA 'x'; give its file with --lora FILE=-1."),
                notes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Steps: 20, Sampler: Heun     | The sampler 'Heun' of the image has no counterpart here; the default is used.",
                "Steps: 20, Sampler: Euler a Karras | The schedule 'Karras' of the image has no counterpart for euler-ancestral; the model's own is used.",
                "Steps: 20, Sampler: Euler, Schedule type: Beta | The schedule 'Beta' of the image has no counterpart for euler; the model's own is used.",
                "Steps: 20, Seed: -1          | Seed '-1' of the image cannot be taken.",
                "Steps: 20, CFG scale: x      | CFG scale 'x' of the image cannot be taken.",
                "Steps: 0                     | Steps '0' of the image cannot be taken.",
                "Steps: 20, Size: large       | Size 'large' of the image cannot be taken.",
                "Steps: 20, Clip skip: 0      | Clip skip '0' of the image cannot be taken.",
                "Steps: 20, Clip skip: 2      | Clip skip 2 of the image is clip_skip 1 here; for a model of Stable Diffusion XL give --clip-skip 0, since other programs ignore it there.",
                "Steps: 20, Hires upscale: 2  | Left out of what stable-diffusion-webui wrote: Hires upscale.",
                "Steps: 20, Model: a b        | The image was generated with the model 'a b'; name a model with --model.",
            })
    void notesWhatItLeavesOut(String settings, String note) throws IOException {
        FileKinds.format().read(webui("a fish\n" + settings), notes::add);

        assertEquals(List.of(note), notes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Sampler: Euler a                                    | euler-ancestral | -",
                "Sampler: Euler a, Schedule type: Automatic          | euler-ancestral | -",
                "Sampler: DPM++ 2M SDE Karras                        | dpm++2m-sde     | karras",
                "Sampler: DPM++ 2M SDE Exponential                   | dpm++2m-sde     | exponential",
                "Sampler: DPM++ 2M, Schedule type: Karras            | dpm++2m         | karras",
                "Sampler: Euler, Schedule type: Exponential          | euler           | exponential",
                "Sampler: UniPC, Schedule type: Simple               | unipc           | -",
                "Sampler: LCM                                        | lcm             | -",
                "Sampler: TCD                                        | tcd             | -",
                "Sampler: PLMS                                       | pndm            | -"
            })
    void knowsTheSamplersOfOthers(String settings, String sampler, String sigmas) throws IOException {
        SetRequest request = FileKinds.format().read(webui("a fish\nSteps: 5, " + settings), notes::add);

        assertEquals(sampler, request.sampling().sampler());
        assertEquals(
                sigmas == null ? Map.of() : Map.of("sigmas", sigmas),
                request.sampling().samplerOptions());
        assertEquals(List.of(), notes);
    }

    @Test
    void joinsTheLinesOfAPrompt() throws IOException {
        SetRequest request = FileKinds.format()
                .read(webui("a fish,\n in the sea\nNegative prompt: fog\nrain\nSteps: 5"), notes::add);

        assertEquals("a fish, in the sea", request.items().get(0).prompt());
        assertEquals("fog rain", request.negativePrompt());
        assertEquals(List.of(), notes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"camera.jpg", "xmp.webp", "none.webp"})
    void saysThatAnImageHasNoRequest(String name) {
        AtelierException fault =
                assertThrows(AtelierException.class, () -> FileKinds.format().read(IMAGES.resolve(name)));

        assertTrue(fault.getMessage().contains("this image contains no request"), fault.getMessage());
    }

    /** Whatever is cut off is an image of which less is known, or is refused; nothing else is thrown. */
    @ParameterizedTest
    @MethodSource("images")
    void survivesEveryCut(String name, JsonObject facts) throws IOException {
        byte[] whole = Files.readAllBytes(IMAGES.resolve(name));
        for (int length = 12; length < whole.length; length += 1 + whole.length / 40) {
            Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
            try {
                new EmbeddedRequestInspector().inspect(cut);
            } catch (AtelierException e) {
                assertEquals(AtelierException.Code.INPUT_UNREADABLE, e.code());
            }
        }
    }

    private Path webui(String parameters) throws IOException {
        BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
        return Files.write(folder.resolve("webui.png"), PngFile.encode(image, Map.of("parameters", parameters)));
    }

    private static Stream<Arguments> images() throws IOException {
        JsonObject facts = JsonParser.parseString(Files.readString(IMAGES.resolve("metadata.json")))
                .getAsJsonObject();
        return facts.entrySet().stream().map(fact -> Arguments.of(fact.getKey(), fact.getValue()));
    }

    private static Map<String, String> texts(JsonElement json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.getAsJsonObject()
                .entrySet()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().getAsString()));
        return texts;
    }
}
