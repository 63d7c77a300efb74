package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.sampling.Prediction;
import org.atelier.diffusion.autoencoder.Autoencoder;
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
import org.atelier.diffusion.text.PromptEncoder;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.schedule.DiscreteNoiseSchedule;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.tensor.Precision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiny Stable Diffusions 1.x and 2.x against StableDiffusionPipeline with the reference processors. */
class FamiliesReferenceTest {

    private static final double CALL_BOUND = 1e-5;

    /** The reference itself differs by up to 2.6e-4 between float32 and float64. */
    private static final double LATENTS_BOUND = 5e-4;

    private static final Map<String, TinyModel> MODELS = new HashMap<>();

    @BeforeAll
    static void open() {
        for (String name : List.of("sd1", "sd2", "sd1-inpaint")) {
            MODELS.put(name, new TinyModel(ReferenceTensors.folder().resolve("tiny-" + name)));
        }
    }

    @AfterAll
    static void close() {
        MODELS.values().forEach(TinyModel::close);
        MODELS.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2"})
    void readsThePublishedConfigurations(String name) {
        ModelConfiguration model = MODELS.get(name).configuration;
        assertEquals(name, model.family().name());
        assertEquals(0.18215, model.autoencoder().scalingFactor());
        assertEquals(32, model.width());
        assertEquals(
                name.equals("sd1") ? Prediction.EPSILON : Prediction.V_PREDICTION,
                model.schedule().prediction());
        assertEquals(
                Prediction.EPSILON,
                model.withPrediction(Prediction.EPSILON).schedule().prediction());
        assertFalse(model.unet().inpaints());
        assertEquals(name.equals("sd1") ? 2 : 1, model.mostClipSkip());
    }

    @Test
    void acceptsAUNetForInpainting() {
        assertTrue(MODELS.get("sd1-inpaint").configuration.unet().inpaints());
        assertEquals(9, MODELS.get("sd1-inpaint").configuration.unet().inChannels());
    }

    /** The map of special tokens decides the padding: id 0 in version 2. */
    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2"})
    void encodesEveryPrompt(String name) throws IOException {
        TinyModel model = MODELS.get(name);
        ReferenceTensors reference = model.reference("families");
        JsonObject json = TinyModel.json("families");
        JsonArray prompts = json.getAsJsonArray("prompts");
        try (PromptEncoder encoder = model.promptEncoder(Precision.FLOAT32);
                PromptTokenizer tokenizer = model.folder.tokenizer("tokenizer")) {
            for (int i = 0; i < prompts.size(); i++) {
                String prompt = prompts.get(i).getAsString();
                assertArrayEquals(
                        reference.get(name + ".ids").get(i).toLongArray(),
                        tokenizer.encode(prompt).ids(),
                        prompt);
                for (int skip = 0; skip <= 1; skip++) {
                    Conditioning encoded = encoder.encode(prompt, skip, 32, 32, model.manager);
                    NDArray expected = reference
                            .get("%s.text.%d.prompt_embeds".formatted(name, skip))
                            .get(i + ":" + (i + 1));
                    assertEquals(0, TinyModel.distance(encoded.textEmbeddings(), expected), CALL_BOUND, prompt);
                    assertTrue(encoded.added().isEmpty());
                }
            }
            NDArray negative = encoder.encode(json.get("negative_prompt").getAsString(), 32, 32, model.manager)
                    .textEmbeddings();
            NDArray expected =
                    reference.get(name + ".text.1.negative_prompt_embeds").get("0:1");
            assertEquals(0, TinyModel.distance(negative, expected), CALL_BOUND);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2", "sd1-inpaint"})
    void computesTheUNet(String name) throws IOException {
        TinyModel model = MODELS.get(name);
        ReferenceTensors reference = model.reference("families");
        for (String size : List.of("square", "odd")) {
            String prefix = name + ".unet." + size + ".";
            NDArray output = model.unet()
                    .forward(
                            reference.get(prefix + "sample"),
                            (double) reference.get(prefix + "timestep").getLong(0),
                            new Conditioning(reference.get(prefix + "states"), Optional.empty()),
                            AttentionProcessor.plain(model.kernels));
            assertEquals(0, TinyModel.distance(output, reference.get(prefix + "output")), CALL_BOUND, prefix);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2"})
    void computesTheAutoencoder(String name) throws IOException {
        TinyModel model = MODELS.get(name);
        ReferenceTensors reference = model.reference("families");
        Autoencoder autoencoder = model.autoencoder();
        NDArray latents = autoencoder.encode(reference.get(name + ".vae.image"));
        assertEquals(0, TinyModel.distance(latents, reference.get(name + ".vae.latents")), CALL_BOUND);
        NDArray decoded = autoencoder.decode(reference.get(name + ".vae.sample"));
        assertEquals(0, TinyModel.distance(decoded, reference.get(name + ".vae.decoded")), CALL_BOUND);
    }

    @TestFactory
    Stream<DynamicTest> everySet() throws IOException {
        JsonObject json = TinyModel.json("family-sets");
        List<DynamicTest> tests = new ArrayList<>();
        json.getAsJsonObject("cases")
                .asMap()
                .forEach((name, set) -> tests.add(
                        DynamicTest.dynamicTest(name, () -> assertGenerates(name, set.getAsJsonObject(), json))));
        assertTrue(tests.size() >= 18);
        return tests.stream();
    }

    private static void assertGenerates(String name, JsonObject set, JsonObject json) throws IOException {
        TinyModel model = MODELS.get(set.get("model").getAsString());
        double guidance = set.get("guidance").getAsDouble();
        GenerationSpec generation = new GenerationSpec(
                ImageSpec.each(prompts(json), json.get("seed").getAsLong(), 32, 32),
                set.get("negative").getAsBoolean() ? json.get("negative_prompt").getAsString() : null,
                TestSamplers.named(set.get("sampler").getAsString()),
                json.get("steps").getAsInt(),
                guidance,
                2,
                StyleWindow.ALL_STEPS,
                null,
                set.get("guidance_rescale").getAsDouble(),
                set.get("clip_skip").getAsInt());
        NDArray expected = model.reference("family-sets").get(name + ".latents");
        AttentionStrategy strategy = guidance > 1 ? Strategies.shared() : Strategies.unaligned();
        try (Pipeline pipeline = pipeline(model, set.getAsJsonObject("scheduler"));
                GeneratedLatents generated = pipeline.generate(generation, strategy, new GenerationListener() {})) {
            for (int image = 0; image < generated.count(); image++) {
                NDArray latents = generated.latents(image);
                assertEquals(
                        0, TinyModel.distance(latents, expected.get(image + ":" + (image + 1))), LATENTS_BOUND, name);
            }
        }
    }

    /** The pipeline of a model with changes of its scheduler configuration, under the rules of its family. */
    private static Pipeline pipeline(TinyModel model, JsonObject changes) {
        Map<String, Object> values = new HashMap<>();
        changes.asMap().forEach((key, value) -> values.put(key, value(value)));
        ModelConfiguration own = model.configuration;
        values.putAll(own.family().forcedSchedulerSettings());
        return Pipeline.load(
                new ModelConfiguration(
                        own.source(),
                        own.text(),
                        own.textModels(),
                        own.unet(),
                        own.autoencoder(),
                        DiscreteNoiseSchedule.from(
                                own.source().settings(ModelComponent.SCHEDULER).with(values))),
                Precision.FLOAT32,
                model.kernels,
                loaded -> {});
    }

    private static Object value(JsonElement json) {
        if (json.getAsJsonPrimitive().isBoolean()) {
            return json.getAsBoolean();
        }
        return json.getAsJsonPrimitive().isNumber() ? json.getAsNumber() : json.getAsString();
    }

    private static List<String> prompts(JsonObject json) {
        return json.getAsJsonArray("prompts").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    /** Inversion with the empty prompt as unconditional half, and a set in the style of the picture. */
    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2"})
    void followsAReference(String name) throws IOException {
        TinyModel model = MODELS.get(name);
        JsonObject json = TinyModel.json("family-references");
        ReferenceTensors reference = model.reference("family-references");
        List<String> prompts = prompts(json);
        int steps = json.get("steps").getAsInt();
        ReferenceImage image = new ReferenceImage(
                ImageIO.read(
                        ReferenceTensors.folder().resolve("pictures/square.png").toFile()),
                prompts.get(0),
                1);
        GenerationSpec generation = new GenerationSpec(
                ImageSpec.each(prompts.subList(1, 3), json.get("seed").getAsLong() + 1, 32, 32),
                null,
                TestSamplers.named("ddim"),
                steps,
                json.get("guidance").getAsDouble(),
                1,
                StyleWindow.ALL_STEPS,
                new ReferenceImages(
                        List.of(image),
                        references -> Optional.empty(),
                        steps,
                        json.get("inversion-guidance").getAsDouble(),
                        json.get("inversion-offset").getAsInt()));
        NDArray expected = reference.get(name + ".latents");
        try (Pipeline pipeline = model.pipeline();
                GeneratedLatents generated =
                        pipeline.generate(generation, Strategies.shared(), new GenerationListener() {})) {
            for (int i = 0; i < 2; i++) {
                NDArray target = expected.get((i + 1) + ":" + (i + 2));
                assertEquals(0, TinyModel.distance(generated.latents(i), target), LATENTS_BOUND);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2"})
    void invertsAPicture(String name) throws IOException {
        TinyModel model = MODELS.get(name);
        JsonObject json = TinyModel.json("family-references");
        NDArray expected = model.reference("family-references").get(name + ".zts");
        int steps = json.get("steps").getAsInt();
        try (PromptEncoder encoder = model.promptEncoder(Precision.FLOAT32);
                NDManager manager = model.manager.newSubManager()) {
            DdimInversion inversion = new DdimInversion(
                    new UNetPredictor(model.unet()),
                    AttentionProcessor.plain(model.kernels),
                    model.configuration.schedule(),
                    steps,
                    InversionScheme.STYLE_ALIGNED);
            List<NDArray> trajectory = inversion.invert(
                    List.of(expected.get(steps + ":" + (steps + 1))),
                    encoder.encode(prompts(json).get(0), 32, 32, manager),
                    new Guidance(json.get("inversion-guidance").getAsDouble(), encoder.encode("", 32, 32, manager)),
                    manager,
                    latents -> {});
            for (int i = 0; i <= steps; i++) {
                NDArray step = expected.get(i + ":" + (i + 1));
                assertEquals(0, TinyModel.distance(trajectory.get(i), step), LATENTS_BOUND, "at " + i);
            }
        }
    }

    @Test
    void refusesAControlNetOfAnotherFamilyInOneSentence() {
        ControlNetFolder control =
                ControlNetFolder.open(ReferenceTensors.folder().resolve("tiny-controlnet"));
        ModelConfiguration model = MODELS.get("sd1").configuration;
        AtelierException fault = assertThrows(AtelierException.class, () -> model.controlNet(control));
        assertTrue(
                fault.getMessage()
                        .endsWith(
                                "this ControlNet is for Stable Diffusion XL, and the model is of Stable Diffusion 1.x;"
                                        + " use a ControlNet that was trained for it."),
                fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count());
    }
}
