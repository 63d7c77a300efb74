package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.prediction.Control;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.diffusion.unet.ControlNet;
import org.atelier.models.source.ControlNetFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sets of sketchbook with ControlNets, against {@code controlnet_call} of google/style-aligned and the diffusers
 * pipeline with the handler of google/style-aligned.
 */
class ControlledSetsReferenceTest {

    private static final double LATENTS_BOUND = 5e-4;

    private static TinyModel sketchbook;
    private static Pipeline pipeline;
    private static ControlNet network;
    private static JsonObject json;

    @BeforeAll
    static void load() throws IOException {
        sketchbook = TinyModel.sketchbook();
        pipeline = sketchbook.pipeline();
        network = pipeline.controlNet(ControlNetFolder.open(
                Path.of(System.getProperty("atelier.sketchbook")).resolveSibling("sketchbook-canny")));
        json = TinyModel.json("controlled");
    }

    @AfterAll
    static void close() {
        network.close();
        pipeline.close();
        sketchbook.close();
    }

    @TestFactory
    Stream<DynamicTest> everyControlledSet() {
        return json.getAsJsonObject("cases").entrySet().stream()
                .map(named -> DynamicTest.dynamicTest(
                        named.getKey(),
                        () -> assertGenerates(named.getKey(), named.getValue().getAsJsonObject(), 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "pictured"})
    void chunksOfOneGiveTheSameImages(String name) throws IOException {
        assertGenerates(name, json.getAsJsonObject("cases").getAsJsonObject(name), 1);
    }

    private static void assertGenerates(String name, JsonObject set, int chunk) throws IOException {
        JsonObject sharing = set.get("sharing").isJsonNull() ? null : set.getAsJsonObject("sharing");
        boolean full = sharing != null && sharing.get("full").getAsBoolean();
        AttentionStrategy strategy = full ? Strategies.full(sharing) : Strategies.of(sharing);
        NDArray expected = sketchbook.reference("controlled").get(name + ".latents");
        try (GeneratedLatents generated =
                pipeline.generate(generation(set, chunk), controls(set), strategy, new GenerationListener() {})) {
            int given = given(set);
            assertEquals(given, generated.references());
            for (int i = 0; i < generated.count(); i++) {
                NDArray row = expected.get((given + i) + ":" + (given + i + 1));
                assertEquals(0, TinyModel.distance(generated.latents(i), row), LATENTS_BOUND, "image " + i);
            }
        }
    }

    /** The number of given images in the set: one if the style comes from an image. */
    private static int given(JsonObject set) {
        return set.get("inversion").isJsonNull() ? 0 : 1;
    }

    private static GenerationSpec generation(JsonObject set, int chunk) throws IOException {
        String first = json.getAsJsonArray("prompts").get(0).getAsString();
        String second = json.getAsJsonArray("prompts").get(1).getAsString();
        int side = json.get("side").getAsInt();
        int given = given(set);
        return new GenerationSpec(
                ImageSpec.each(
                        List.of(first, second, second).subList(given, 3),
                        json.get("seed").getAsLong() + given,
                        side,
                        side),
                null,
                TestSamplers.named("ddim"),
                json.get("steps").getAsInt(),
                set.get("guidance").getAsDouble(),
                chunk,
                StyleWindow.ALL_STEPS,
                given == 0 ? null : references(set.getAsJsonObject("inversion"), first));
    }

    private static ReferenceImages references(JsonObject inversion, String prompt) throws IOException {
        return new ReferenceImages(
                List.of(new ReferenceImage(image(inversion.get("picture").getAsString()), prompt, 1)),
                all -> Optional.empty(),
                json.get("steps").getAsInt(),
                inversion.get("guidance").getAsDouble(),
                inversion.get("offset").getAsInt());
    }

    private static List<Control> controls(JsonObject set) throws IOException {
        List<BufferedImage> images = List.of(image("control-0"), image("control-1"));
        List<Control> controls = new ArrayList<>();
        for (int i = 0; i < set.get("networks").getAsInt(); i++) {
            Map<Integer, BufferedImage> followed = new HashMap<>();
            for (int index = set.get("reference-follows").getAsBoolean() ? 0 : 1; index < 3; index++) {
                followed.put(
                        index - given(set),
                        images.get(
                                set.get("pictures").isJsonNull()
                                        ? i
                                        : set.getAsJsonArray("pictures")
                                                .get(index)
                                                .getAsInt()));
            }
            controls.add(new Control(
                    network,
                    followed,
                    number(set, "scale", i),
                    number(set, "from", i),
                    number(set, "to", i),
                    set.get("guess").getAsBoolean(),
                    set.get("negative-words").getAsBoolean()
                            ? Control.PromptSource.NEGATIVE
                            : Control.PromptSource.OWN));
        }
        return controls;
    }

    private static double number(JsonObject set, String key, int control) {
        JsonArray numbers = set.getAsJsonArray(key);
        return numbers.get(Math.min(control, numbers.size() - 1)).getAsDouble();
    }

    private static BufferedImage image(String name) throws IOException {
        return ImageIO.read(ReferenceTensors.folder()
                .resolve("pictures")
                .resolve(name + ".png")
                .toFile());
    }

    @Test
    void anUncontrolledReferenceIsThatOfASetWithoutControl() throws IOException {
        JsonObject set = json.getAsJsonObject("cases").getAsJsonObject("shared");
        GenerationSpec generation = generation(set, 3);
        AttentionStrategy strategy = Strategies.of(set.getAsJsonObject("sharing"));
        try (GeneratedLatents free = pipeline.generate(generation, strategy, new GenerationListener() {});
                GeneratedLatents followed =
                        pipeline.generate(generation, controls(set), strategy, new GenerationListener() {})) {
            assertEquals(0, TinyModel.distance(free.latents(0), followed.latents(0)));
            assertTrue(TinyModel.distance(free.latents(1), followed.latents(1)) > 0.1);
        }
    }
}
