package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.diffusion.window.WindowGrid;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Panoramas against StableDiffusionPanoramaPipeline, which has a state of the sampler for each window, and against
 * panorama_call of google/style-aligned, where the reference runs again with each window.
 */
class PanoramasReferenceTest {

    private static final double LATENTS_BOUND = 5e-4;

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    private static final JsonObject JSON = json("panoramas");
    private static final JsonObject FAMILIES = json("panoramas-families");

    private static JsonObject json(String name) {
        try {
            return TinyModel.json(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImageSpec spec(int prompt, int height, int width) {
        int factor = LOADED.model().configuration.factor();
        return new ImageSpec(
                JSON.getAsJsonArray("prompts").get(prompt).getAsString(),
                JSON.get("seed").getAsLong() + prompt,
                width * factor,
                height * factor,
                null);
    }

    private static ImageSpec panorama(JsonObject set) {
        int window = JSON.get("window").getAsInt();
        WindowGrid grid = new WindowGrid(
                window,
                window,
                set.get("stride").getAsInt(),
                set.get("circular").getAsBoolean());
        return spec(1, set.get("height").getAsInt(), set.get("width").getAsInt())
                .withGrid(grid);
    }

    private static GeneratedLatents generated(
            Pipeline pipeline, List<ImageSpec> images, JsonObject set, AttentionStrategy strategy, int chunk) {
        GenerationSpec generation = new GenerationSpec(
                images,
                null,
                TestSamplers.named(set.get("sampler").getAsString()),
                JSON.get("steps").getAsInt(),
                JSON.get("guidance").getAsDouble(),
                chunk,
                StyleWindow.ALL_STEPS,
                null);
        return pipeline.generate(generation, strategy, new GenerationListener() {});
    }

    @TestFactory
    Stream<DynamicTest> panoramas() throws IOException {
        ReferenceTensors reference = LOADED.model().reference("panoramas");
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonElement> named : ReferenceCases.of(
                JSON.getAsJsonObject("cases"), 8, "both-sides", "close", "circular", "circular-unipc")) {
            JsonObject set = named.getValue().getAsJsonObject();
            int chunk = tests.size() % 3 + 1;
            tests.add(DynamicTest.dynamicTest(named.getKey(), () -> {
                try (GeneratedLatents generated =
                        generated(LOADED.pipeline(), List.of(panorama(set)), set, Strategies.unaligned(), chunk)) {
                    assertEquals(
                            0,
                            TinyModel.distance(generated.latents(0), reference.get(named.getKey() + ".latents")),
                            LATENTS_BOUND);
                    if (set.get("circular").getAsBoolean()) {
                        assertDecodes(generated.image(0), reference, named.getKey() + ".image");
                    }
                }
            }));
        }
        return tests.stream();
    }

    /** Both ends are decoded with columns of the other end. */
    private static void assertDecodes(BufferedImage image, ReferenceTensors reference, String name) {
        float[] expected = reference.get(name).toFloatArray();
        int pixels = image.getWidth() * image.getHeight();
        assertEquals(expected.length, 3 * pixels);
        for (int i = 0; i < pixels; i++) {
            int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
            assertEquals(255 * expected[i], rgb >> 16 & 0xFF, 0.51, "red of pixel " + i);
            assertEquals(255 * expected[2 * pixels + i], rgb & 0xFF, 0.51, "blue of pixel " + i);
        }
    }

    @TestFactory
    Stream<DynamicTest> panoramasInTheStyleOfTheFirstImage() throws IOException {
        ReferenceTensors reference = LOADED.model().reference("panoramas");
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonElement> named :
                ReferenceCases.of(JSON.getAsJsonObject("shared"), 3, "shared", "circular-group-norm")) {
            JsonObject set = named.getValue().getAsJsonObject();
            tests.add(DynamicTest.dynamicTest(
                    named.getKey(), () -> assertShares(LOADED.pipeline(), reference, named.getKey(), set)));
        }
        return tests.stream();
    }

    private static void assertShares(Pipeline pipeline, ReferenceTensors reference, String name, JsonObject set) {
        int window = JSON.get("window").getAsInt();
        JsonObject flags = new JsonObject();
        flags.add("share-group-norm", set.get("share-group-norm"));
        List<ImageSpec> images = List.of(spec(0, window, window), panorama(set));
        try (GeneratedLatents generated = generated(pipeline, images, set, Strategies.of(flags), 2)) {
            assertEquals(
                    0, TinyModel.distance(generated.latents(0), reference.get(name + ".reference")), LATENTS_BOUND);
            assertEquals(0, TinyModel.distance(generated.latents(1), reference.get(name + ".panorama")), LATENTS_BOUND);
        }
    }

    /** Versions 1 and 2, which predicts velocity: alone, and in the style of a first image. */
    @TestFactory
    Stream<DynamicTest> everyFamily() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonElement> named :
                ReferenceCases.of(FAMILIES.getAsJsonObject("cases"), 4, "sd1-circular", "sd2-both-sides")) {
            JsonObject set = named.getValue().getAsJsonObject();
            tests.add(DynamicTest.dynamicTest(
                    named.getKey(),
                    () -> withFamily(set, (pipeline, reference) -> {
                        try (GeneratedLatents generated =
                                generated(pipeline, List.of(panorama(set)), set, Strategies.unaligned(), 2)) {
                            assertEquals(
                                    0,
                                    TinyModel.distance(
                                            generated.latents(0), reference.get(named.getKey() + ".latents")),
                                    LATENTS_BOUND);
                        }
                    })));
        }
        FAMILIES.getAsJsonObject("shared")
                .asMap()
                .forEach((name, set) -> tests.add(DynamicTest.dynamicTest(
                        name,
                        () -> withFamily(
                                set.getAsJsonObject(),
                                (pipeline, reference) ->
                                        assertShares(pipeline, reference, name, set.getAsJsonObject())))));
        return tests.stream();
    }

    private static void withFamily(JsonObject set, BiConsumer<Pipeline, ReferenceTensors> test) throws IOException {
        String folder = "tiny-" + set.get("family").getAsString();
        try (TinyModel own = new TinyModel(ReferenceTensors.folder().resolve(folder));
                Pipeline pipeline = own.pipeline()) {
            test.accept(pipeline, own.reference("panoramas-families"));
        }
    }
}
