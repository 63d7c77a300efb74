package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.blend.StyleBlend;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.Guidance;
import org.atelier.diffusion.inversion.DdimInversion;
import org.atelier.diffusion.inversion.InversionScheme;
import org.atelier.diffusion.prediction.UNetPredictor;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.models.schedule.DiscreteNoiseSchedule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Sets of the tiny model with reference images, against the inversion and callback of google/style-aligned. */
class ImageSetsReferenceTest {

    /**
     * The reference itself differs by 8e-6 between float32 and float64, and by 6e-5 if the latents of an image change
     * by 1e-6.
     */
    private static final double TRAJECTORY_BOUND = 5e-5;

    /**
     * Latents have a standard deviation of up to 19; the reference itself differs by 1.6e-4 between float32 and
     * float64.
     */
    private static final double LATENTS_BOUND = 5e-4;

    private static final StyleBlend SEPARATE = references -> Optional.empty();

    @TempDir
    private static Path folder;

    private static TinyModel bare;
    private static TinyModel offset;
    private static Pipeline barePipeline;
    private static Pipeline offsetPipeline;

    @BeforeAll
    static void load() throws IOException {
        JsonObject schedulers = TinyModel.json("inversion").getAsJsonObject("schedulers");
        bare = Schedules.tinyModelWith(schedulers.getAsJsonObject("bare"), folder.resolve("bare"));
        offset = Schedules.tinyModelWith(schedulers.getAsJsonObject("offset"), folder.resolve("offset"));
        barePipeline = bare.pipeline();
        offsetPipeline = offset.pipeline();
    }

    @AfterAll
    static void close() {
        barePipeline.close();
        offsetPipeline.close();
        bare.close();
        offset.close();
    }

    private static BufferedImage image(String name) throws IOException {
        return ImageIO.read(ReferenceTensors.folder()
                .resolve("pictures")
                .resolve(name + ".png")
                .toFile());
    }

    @TestFactory
    Stream<DynamicTest> everyInversion() throws IOException {
        JsonObject json = TinyModel.json("inversion");
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonElement> named : ReferenceCases.of(
                json.getAsJsonObject("cases"),
                6,
                "bare.square",
                "offset.wide",
                "offset.seven-steps",
                "offset.guidance-1")) {
            JsonObject inversion = named.getValue().getAsJsonObject();
            boolean isBare = inversion.get("scheduler").getAsString().equals("bare");
            tests.add(DynamicTest.dynamicTest(
                    named.getKey(), () -> assertInverts(isBare ? bare : offset, inversion, named.getKey())));
        }
        return tests.stream();
    }

    private static void assertInverts(TinyModel model, JsonObject inversion, String name) throws IOException {
        ReferenceTensors reference = model.reference("inversion");
        String size = inversion.get("size").getAsString();
        Conditioning conditioning = new Conditioning(
                reference.get("prompt_embeds").get("1:2"),
                reference.get("pooled").get("1:2"),
                model.manager
                        .create(reference
                                .get(size + ".time_ids")
                                .get("1:2")
                                .toType(DataType.FLOAT32, true)
                                .toFloatArray())
                        .expandDims(0));
        DdimInversion ddimInversion = new DdimInversion(
                new UNetPredictor(model.unet()),
                AttentionProcessor.plain(model.kernels),
                DiscreteNoiseSchedule.from(model.folder.settings("scheduler")),
                inversion.get("steps").getAsInt(),
                InversionScheme.STYLE_ALIGNED);
        List<NDArray> trajectory = ddimInversion.invert(
                List.of(reference.get(size + ".latents")),
                conditioning,
                new Guidance(inversion.get("guidance").getAsDouble(), conditioning.unconditional()),
                model.manager,
                latents -> {});
        NDArray expected = reference.get(name + ".zts");
        assertEquals(expected.getShape().get(0), trajectory.size());
        for (int i = 0; i < trajectory.size(); i++) {
            NDArray step = expected.get(i + ":" + (i + 1));
            assertEquals(0, TinyModel.distance(trajectory.get(i), step), TRAJECTORY_BOUND, "at " + i);
        }
    }

    @TestFactory
    Stream<DynamicTest> everySetFromAnImage() throws IOException {
        // With the sets of prompts, which have no inversion.
        return setsFromAnImage(
                "references",
                14,
                "notebook-offset-5",
                "famous",
                "level",
                "wide",
                "window",
                "window-prompts",
                "strengths",
                "strengths-prompts");
    }

    @TestFactory
    Stream<DynamicTest> everySetWithFullSharingAndAnImage() throws IOException {
        return setsFromAnImage("full-references", 3, "full-level", "full-window");
    }

    private static Stream<DynamicTest> setsFromAnImage(String file, int count, String... differing) throws IOException {
        JsonObject json = TinyModel.json(file);
        List<String> prompts = strings(json, "prompts");
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonElement> named :
                ReferenceCases.of(json.getAsJsonObject("cases"), count, differing)) {
            JsonObject set = named.getValue().getAsJsonObject();
            if (set.get("inversion").isJsonNull()) {
                continue;
            }
            String size = set.get("inversion").getAsString().replaceAll(".*\\.", "");
            tests.add(DynamicTest.dynamicTest(named.getKey(), () -> {
                List<ReferenceImage> images = List.of(new ReferenceImage(image(size), prompts.get(0), 1));
                int start = set.get("inversion-offset").getAsInt();
                assertGenerates(named.getKey(), file, set, json, prompts.subList(1, 3), images, start);
            }));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> everySetOfPromptsWithStrengthsAndWindows() throws IOException {
        JsonObject json = TinyModel.json("references");
        return Stream.of("window-prompts", "strengths-prompts")
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> assertGenerates(
                                name,
                                "references",
                                json.getAsJsonObject("cases").getAsJsonObject(name),
                                json,
                                strings(json, "prompts"),
                                List.of(),
                                0)));
    }

    /** The targets of the fixture, each with its own strength if the fixture has several. */
    private static List<ImageSpec> images(List<String> prompts, JsonObject set, long seed, int width, int height) {
        List<ImageSpec> images = ImageSpec.each(prompts, seed, width, height);
        if (!set.has("targets") || set.get("targets").isJsonNull()) {
            return images;
        }
        JsonArray strengths = set.getAsJsonArray("targets");
        int first = prompts.size() - strengths.size();
        List<ImageSpec> own = new ArrayList<>(images.subList(0, first));
        for (int i = 0; i < strengths.size(); i++) {
            ImageSpec image = images.get(first + i);
            own.add(new ImageSpec(
                    image.prompt(),
                    image.seed(),
                    width,
                    height,
                    Strategies.of(strengths.get(i).getAsJsonObject())));
        }
        return own;
    }

    @TestFactory
    Stream<DynamicTest> everySetWithSeparateReferences() throws IOException {
        JsonObject json = TinyModel.json("apart");
        List<String> prompts = strings(json, "prompts");
        return ReferenceCases.of(json.getAsJsonObject("cases"), 4, "weighted", "everything").stream()
                .map(named -> DynamicTest.dynamicTest(named.getKey(), () -> {
                    JsonObject set = named.getValue().getAsJsonObject();
                    double weight = set.getAsJsonArray("weights").get(0).getAsDouble();
                    List<ReferenceImage> images = List.of(
                            new ReferenceImage(image("square"), prompts.get(0), weight),
                            new ReferenceImage(image("second"), prompts.get(1), 1 - weight));
                    int start = json.get("inversion-offset").getAsInt();
                    assertGenerates(named.getKey(), "apart", set, json, prompts.subList(2, 4), images, start);
                }));
    }

    @Test
    void rejectsWeightedReferencesWithFullSharing() throws IOException {
        List<ReferenceImage> images = List.of(
                new ReferenceImage(image("square"), "a tile", 0.8), new ReferenceImage(image("second"), "a fish", 0.2));
        GenerationSpec generation = new GenerationSpec(
                ImageSpec.each(List.of("a cup"), 7, 32, 32),
                null,
                TestSamplers.named("ddim"),
                2,
                5,
                1,
                StyleWindow.ALL_STEPS,
                new ReferenceImages(images, SEPARATE, 2, 2, 0));

        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> barePipeline.generate(generation, Strategies.full(), new GenerationListener() {}));

        assertEquals(AtelierException.Code.INVALID_REQUEST, fault.code());
        assertTrue(fault.getMessage().contains("choose another blend"), fault.getMessage());
    }

    private static void assertGenerates(
            String name,
            String file,
            JsonObject set,
            JsonObject json,
            List<String> targets,
            List<ReferenceImage> images,
            int start)
            throws IOException {
        boolean isBare =
                set.has("scheduler") && set.get("scheduler").getAsString().equals("bare");
        int steps = json.get("steps").getAsInt();
        StyleWindow window = set.has("from")
                ? new StyleWindow(set.get("from").getAsDouble(), set.get("to").getAsDouble())
                : StyleWindow.ALL_STEPS;
        boolean hasReferences = !images.isEmpty();
        GenerationSpec generation = new GenerationSpec(
                images(
                        targets,
                        set,
                        json.get("seed").getAsLong() + (hasReferences ? 1 : 0),
                        hasReferences
                                ? images.get(0).image().getWidth()
                                : set.get("width").getAsInt(),
                        hasReferences
                                ? images.get(0).image().getHeight()
                                : set.get("height").getAsInt()),
                null,
                TestSamplers.named("ddim"),
                steps,
                set.get("guidance").getAsDouble(),
                1,
                window,
                hasReferences ? new ReferenceImages(images, SEPARATE, steps, 2, start) : null);
        TinyModel model = isBare ? bare : offset;
        NDArray all = model.reference(file).get(name + ".latents");
        NDArray expected = all.getShape().dimension() == 5 ? all.get(steps - 1) : all;
        try (GeneratedLatents generated = (isBare ? barePipeline : offsetPipeline)
                .generate(generation, Strategies.of(set.getAsJsonObject("sharing")), new GenerationListener() {})) {
            assertEquals(images.size(), generated.references());
            for (int i = 0; i < targets.size(); i++) {
                int row = images.size() + i;
                NDArray target = expected.get(row + ":" + (row + 1));
                assertEquals(0, TinyModel.distance(generated.latents(i), target), LATENTS_BOUND);
            }
        }
    }

    private static List<String> strings(JsonObject json, String key) {
        return json.getAsJsonArray(key).asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
