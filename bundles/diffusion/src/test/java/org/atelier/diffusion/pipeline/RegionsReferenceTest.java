package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.region.ImageRegion;
import org.atelier.diffusion.region.ImageRegions;
import org.atelier.diffusion.region.RegionMask;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.diffusion.window.WindowGrid;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Images with regions against the algorithm of MultiDiffusion's region-based code, which averages the latents after a step
 * of each prompt with a state of the sampler for each window and prompt.
 */
class RegionsReferenceTest {

    private static final double LATENTS_BOUND = 5e-4;

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    private static final JsonObject JSON = json();

    private static JsonObject json() {
        try {
            return TinyModel.json("regions");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String list, int index) {
        return JSON.getAsJsonArray(list).get(index).getAsString();
    }

    private static RegionMask mask(String name, int height, int width) {
        Path file = Path.of(System.getProperty("atelier.fixtures"), "regions", name + ".png");
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            int[] levels = image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
            byte[] bytes = new byte[levels.length];
            IntStream.range(0, levels.length).forEach(i -> bytes[i] = (byte) levels[i]);
            return RegionMask.of(bytes, image.getWidth(), height, width);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImageSpec image(JsonObject set) {
        int factor = LOADED.model().configuration.factor();
        int window = JSON.get("window").getAsInt();
        int height = set.get("height").getAsInt();
        int width = set.get("width").getAsInt();
        List<ImageRegion> regions = IntStream.range(0, set.get("masks").getAsInt())
                .mapToObj(i -> new ImageRegion(text("prompts", i + 1), mask(text("masks", i), height, width)))
                .toList();
        ImageSpec spec = new ImageSpec(
                        text("prompts", 0), set.get("seed").getAsLong(), width * factor, height * factor, null)
                .withRegions(new ImageRegions(regions, set.get("bootstrapping").getAsDouble()));
        return width == window && height == window
                ? spec
                : spec.withGrid(new WindowGrid(
                        window,
                        window,
                        set.get("stride").getAsInt(),
                        set.get("circular").getAsBoolean()));
    }

    private static GeneratedLatents generated(
            List<ImageSpec> images, JsonObject set, AttentionStrategy strategy, int chunk) {
        GenerationSpec generation = new GenerationSpec(
                images,
                null,
                TestSamplers.named(set.get("sampler").getAsString()),
                JSON.get("steps").getAsInt(),
                JSON.get("guidance").getAsDouble(),
                chunk,
                StyleWindow.ALL_STEPS,
                null);
        return LOADED.pipeline().generate(generation, strategy, new GenerationListener() {});
    }

    @TestFactory
    Stream<DynamicTest> regions() throws IOException {
        ReferenceTensors reference = LOADED.model().reference("regions");
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonElement> named : ReferenceCases.of(
                JSON.getAsJsonObject("cases"),
                10,
                "whole-euler",
                "overlap",
                "both-sides",
                "circular",
                "plain",
                "always")) {
            JsonObject set = named.getValue().getAsJsonObject();
            int chunk = tests.size() % 3 + 1;
            tests.add(DynamicTest.dynamicTest(named.getKey(), () -> {
                try (GeneratedLatents generated = generated(List.of(image(set)), set, Strategies.unaligned(), chunk)) {
                    assertEquals(
                            0,
                            TinyModel.distance(generated.latents(0), reference.get(named.getKey() + ".latents")),
                            LATENTS_BOUND);
                }
            }));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> regionsInTheStyleOfTheFirstImage() throws IOException {
        ReferenceTensors reference = LOADED.model().reference("regions");
        List<DynamicTest> tests = new ArrayList<>();
        int side = JSON.get("window").getAsInt() * LOADED.model().configuration.factor();
        ImageSpec first = new ImageSpec(
                JSON.get("reference").getAsString(), JSON.get("reference_seed").getAsLong(), side, side, null);
        for (Map.Entry<String, JsonElement> named :
                JSON.getAsJsonObject("shared").entrySet()) {
            JsonObject set = named.getValue().getAsJsonObject();
            JsonObject flags = new JsonObject();
            flags.add("share-group-norm", set.get("share-group-norm"));
            tests.add(DynamicTest.dynamicTest(named.getKey(), () -> {
                try (GeneratedLatents generated = generated(List.of(first, image(set)), set, Strategies.of(flags), 2)) {
                    assertEquals(
                            0,
                            TinyModel.distance(generated.latents(0), reference.get(named.getKey() + ".reference")),
                            LATENTS_BOUND);
                    assertEquals(
                            0,
                            TinyModel.distance(generated.latents(1), reference.get(named.getKey() + ".latents")),
                            LATENTS_BOUND);
                }
            }));
        }
        assertEquals(2, tests.size());
        return tests.stream();
    }

    /** The masks of the latents are those of torch's nearest neighbour, from pictures of two sizes. */
    @TestFactory
    Stream<DynamicTest> masks() throws IOException {
        ReferenceTensors reference = LOADED.model().reference("regions");
        return JSON.getAsJsonObject("cases").entrySet().stream()
                .map(named -> DynamicTest.dynamicTest(named.getKey(), () -> {
                    JsonObject set = named.getValue().getAsJsonObject();
                    float[] expected = reference.get(named.getKey() + ".masks").toFloatArray();
                    int height = set.get("height").getAsInt();
                    int width = set.get("width").getAsInt();
                    for (int i = 0; i < set.get("masks").getAsInt(); i++) {
                        float[] own = new float[height * width];
                        System.arraycopy(expected, (i + 1) * own.length, own, 0, own.length);
                        assertArrayEquals(
                                own,
                                mask(text("masks", i), height, width)
                                        .array(LOADED.model().manager)
                                        .toFloatArray());
                    }
                }));
    }
}
