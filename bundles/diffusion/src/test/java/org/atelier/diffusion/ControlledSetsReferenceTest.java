package org.atelier.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.models.ControlNetFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Sets of sketchbook whose shapes follow pictures, against google/style-aligned's {@code controlnet_call} and diffusers'
 * pipeline with the reference's handler.
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
                        () -> assertDraws(named.getKey(), named.getValue().getAsJsonObject(), 2)));
    }

    @Test
    void oneAtATimeTheyAreTheSame() throws IOException {
        assertDraws("shared", json.getAsJsonObject("cases").getAsJsonObject("shared"), 1);
    }

    private static void assertDraws(String name, JsonObject set, int chunk) throws IOException {
        JsonObject sharing = set.get("sharing").isJsonNull() ? null : set.getAsJsonObject("sharing");
        boolean full = sharing != null && sharing.get("full").getAsBoolean();
        AttentionStrategy strategy = full ? Strategies.full(sharing) : Strategies.of(sharing);
        NDArray wanted = sketchbook.reference("controlled").get(name + ".latents");
        try (DrawnLatents drawn = pipeline.draw(
                drawing(set.get("guidance").getAsDouble(), chunk), controls(set), strategy, new DrawingListener() {})) {
            for (int i = 0; i < drawn.count(); i++) {
                NDArray row = wanted.get(i + ":" + (i + 1));
                assertEquals(0, TinyModel.distance(drawn.latents(i), row), LATENTS_BOUND, "picture " + i);
            }
        }
    }

    private static Drawing drawing(double guidance, int chunk) {
        List<String> prompts = json.getAsJsonArray("prompts").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
        int side = json.get("side").getAsInt();
        return new Drawing(
                Subject.each(
                        List.of(prompts.get(0), prompts.get(1), prompts.get(1)),
                        json.get("seed").getAsLong(),
                        side,
                        side),
                null,
                "ddim",
                json.get("steps").getAsInt(),
                guidance,
                chunk,
                StyleWindow.WHOLE,
                null);
    }

    private static List<Control> controls(JsonObject set) throws IOException {
        List<BufferedImage> pictures = List.of(picture(0), picture(1));
        List<Control> controls = new ArrayList<>();
        for (int i = 0; i < set.get("networks").getAsInt(); i++) {
            Map<Integer, BufferedImage> followed = new HashMap<>();
            for (int place = set.get("reference-follows").getAsBoolean() ? 0 : 1; place < 3; place++) {
                followed.put(
                        place,
                        pictures.get(
                                set.get("pictures").isJsonNull()
                                        ? i
                                        : set.getAsJsonArray("pictures")
                                                .get(place)
                                                .getAsInt()));
            }
            controls.add(new Control(
                    network,
                    followed,
                    number(set, "scale", i),
                    number(set, "from", i),
                    number(set, "to", i),
                    set.get("guess").getAsBoolean(),
                    set.get("negative-words").getAsBoolean() ? Control.Words.NEGATIVE : Control.Words.OWN));
        }
        return controls;
    }

    private static double number(JsonObject set, String key, int control) {
        JsonArray numbers = set.getAsJsonArray(key);
        return numbers.get(Math.min(control, numbers.size() - 1)).getAsDouble();
    }

    private static BufferedImage picture(int number) throws IOException {
        return ImageIO.read(ReferenceTensors.folder()
                .resolve("pictures")
                .resolve("control-" + number + ".png")
                .toFile());
    }

    @Test
    void aReferenceThatStaysFreeIsThatOfASetWithoutControl() throws IOException {
        JsonObject set = json.getAsJsonObject("cases").getAsJsonObject("shared");
        Drawing drawing = drawing(5, 3);
        AttentionStrategy strategy = Strategies.of(set.getAsJsonObject("sharing"));
        try (DrawnLatents free = pipeline.draw(drawing, strategy, new DrawingListener() {});
                DrawnLatents followed = pipeline.draw(drawing, controls(set), strategy, new DrawingListener() {})) {
            assertEquals(0, TinyModel.distance(free.latents(0), followed.latents(0)));
            assertTrue(TinyModel.distance(free.latents(1), followed.latents(1)) > 0.1);
        }
    }
}
