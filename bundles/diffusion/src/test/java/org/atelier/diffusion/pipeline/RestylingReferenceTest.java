package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Reference.Role;
import org.atelier.diffusion.attention.ReferenceUse;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.sampling.StyleWindow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Content images redrawn in the style of a reference, against StyleID. */
class RestylingReferenceTest {

    /** As for inversions by google/style-aligned. */
    private static final double TRAJECTORY_BOUND = 5e-5;

    private static final double RESULT_BOUND = 5e-4;

    private static TinyModel model;
    private static Pipeline pipeline;
    private static ReferenceTensors reference;
    private static JsonObject facts;

    @BeforeAll
    static void load() throws IOException {
        model = new TinyModel();
        pipeline = model.pipeline();
        reference = model.reference("styleid");
        facts = TinyModel.json("styleid");
    }

    @AfterAll
    static void close() {
        pipeline.close();
        model.close();
    }

    private static BufferedImage image(String name) throws IOException {
        return ImageIO.read(ReferenceTensors.folder()
                .resolve("pictures")
                .resolve(name + ".png")
                .toFile());
    }

    private static JsonObject redrawing(String name) {
        return facts.getAsJsonObject("cases").getAsJsonObject(name);
    }

    private static ReferenceImage content(JsonObject redrawing, int index) throws IOException {
        return new ReferenceImage(
                image(redrawing.get("content").getAsString()), "", new ReferenceUse(Role.CONTENT, 1, Set.of(index)));
    }

    /** Redraws contents with the style and the options of the first. */
    private static GeneratedLatents redrawn(Pipeline pipeline, int chunk, JsonObject... redrawings) throws IOException {
        List<ReferenceImage> images = new ArrayList<>();
        images.add(new ReferenceImage(image(redrawings[0].get("style").getAsString()), "", 1));
        List<ImageSpec> specs = new ArrayList<>();
        for (JsonObject each : redrawings) {
            ReferenceImage content = content(each, specs.size());
            images.add(content);
            specs.add(new ImageSpec(
                    "",
                    specs.size(),
                    content.image().getWidth(),
                    content.image().getHeight(),
                    null));
        }
        int steps = facts.get("steps").getAsInt();
        AttentionStrategy strategy = Strategies.injected(redrawings[0].getAsJsonObject("options"));
        return pipeline.generate(
                new GenerationSpec(
                        specs,
                        null,
                        TestSamplers.named("ddim"),
                        steps,
                        1,
                        chunk,
                        StyleWindow.ALL_STEPS,
                        new ReferenceImages(images, references -> Optional.empty(), steps, 1, 0)),
                strategy,
                new GenerationListener() {});
    }

    @TestFactory
    Stream<DynamicTest> everyCase() {
        return ReferenceCases.of(facts.getAsJsonObject("cases"), 7, "wide", "without-adain", "all-layers", "original")
                .stream()
                .map(named -> DynamicTest.dynamicTest(named.getKey(), () -> assertRedraws(named.getKey())));
    }

    private static void assertRedraws(String name) throws IOException {
        try (GeneratedLatents redrawn = redrawn(pipeline, 1, redrawing(name))) {
            if (List.of("wide", "original").contains(name)) {
                assertTrajectories(name, redrawn.trajectories().orElseThrow(), model, reference);
            }
            assertEquals(1, redrawn.references(), "contents are not reconstructed");
            assertEquals(0, TinyModel.distance(redrawn.latents(0), reference.get(name + ".result")), RESULT_BOUND);
        }
    }

    private static void assertTrajectories(
            String name, ReferenceTrajectories trajectories, TinyModel model, ReferenceTensors reference) {
        List<String> roles = List.of("style", "content");
        for (int i = 0; i < roles.size(); i++) {
            NDArray expected = reference.get(name + "." + roles.get(i)).flip(0);
            float[] values = new float[(int) expected.size()];
            trajectories.trajectories().get(i).latents().values().get(values);
            NDArray found = model.manager.create(values, expected.getShape());
            assertEquals(0, TinyModel.distance(found, expected), TRAJECTORY_BOUND, roles.get(i));
        }
    }

    /** Versions 1 and 2, which predicts velocity, by StyleID's own code. */
    @TestFactory
    Stream<DynamicTest> everyFamily() throws IOException {
        JsonObject families = TinyModel.json("styleid-families").getAsJsonObject("cases");
        return ReferenceCases.of(families, 5, "sd1-wide", "sd1-original", "sd2").stream()
                .map(named -> DynamicTest.dynamicTest(
                        named.getKey(),
                        () -> assertFamilyRedraws(
                                named.getKey(), named.getValue().getAsJsonObject())));
    }

    private static void assertFamilyRedraws(String name, JsonObject redrawing) throws IOException {
        String family = redrawing.get("family").getAsString();
        try (TinyModel own = new TinyModel(ReferenceTensors.folder().resolve("tiny-" + family));
                Pipeline ofFamily = own.pipeline();
                GeneratedLatents redrawn = redrawn(ofFamily, 1, redrawing)) {
            ReferenceTensors expected = own.reference("styleid-families");
            if (name.equals(family)) {
                assertTrajectories(name, redrawn.trajectories().orElseThrow(), own, expected);
            }
            assertEquals(0, TinyModel.distance(redrawn.latents(0), expected.get(name + ".result")), RESULT_BOUND);
        }
    }

    /** Contents of two sizes, in chunks and alone. */
    @Test
    void aContentIsIndependentOfTheOthers() throws IOException {
        JsonObject port = redrawing("port");
        JsonObject wide = redrawing("wide");
        try (GeneratedLatents set = redrawn(pipeline, 3, port, wide, port)) {
            assertEquals(0, TinyModel.distance(set.latents(0), reference.get("port.result")), RESULT_BOUND);
            assertEquals(0, TinyModel.distance(set.latents(1), reference.get("wide.result")), RESULT_BOUND);
            assertEquals(0, TinyModel.distance(set.latents(2), reference.get("port.result")), RESULT_BOUND);
        }
    }
}
