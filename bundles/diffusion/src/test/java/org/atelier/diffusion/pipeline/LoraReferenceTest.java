package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.text.PromptEncoder;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.UNet;
import org.atelier.models.lora.AppliedLora;
import org.atelier.models.lora.LoraFile;
import org.atelier.models.lora.LoraModel;
import org.atelier.models.source.ModelSource;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LoRAs of every dialect against diffusers. */
class LoraReferenceTest {

    private static final String PROMPT = "a red fish, stained glass, rainy weather, calm mood";
    private static final String ADAPTED = "down_blocks.0.resnets.0.conv1.weight";

    private static TinyModel model;
    private static ReferenceTensors inputs;
    private static ReferenceTensors expected;

    @BeforeAll
    static void load() throws IOException {
        model = new TinyModel();
        inputs = model.reference("unet");
        expected = model.reference("loras");
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static AppliedLora lora(String name, double unet, double textEncoder) {
        Path file = ReferenceTensors.folder().resolve("loras").resolve(name + ".safetensors");
        return new AppliedLora(LoraFile.open(file), unet, textEncoder);
    }

    private static void assertComputes(String name, double tolerance, AppliedLora... loras) {
        ModelConfiguration adapted = ModelConfiguration.of(LoraModel.of(model.folder, List.of(loras)));
        try (NDManager manager = model.manager.newSubManager()) {
            NetworkLoader networks = new NetworkLoader(adapted, model.kernels, manager);
            UNet unet = networks.unet(Precision.FLOAT32);
            NDArray noise = unet.forward(
                    inputs.get("odd.sample"),
                    (double) inputs.get("odd.timestep").getLong(),
                    new Conditioning(
                            inputs.get("odd.prompt_embeds"),
                            inputs.get("odd.pooled"),
                            inputs.get("odd.time_ids").toType(DataType.FLOAT32, true)),
                    AttentionProcessor.plain(model.kernels));
            assertEquals(0, TinyModel.distance(noise, expected.get(name + ".unet")), tolerance);
            try (PromptEncoder encoder = networks.promptEncoder(Precision.FLOAT32)) {
                Conditioning encoded = encoder.encode(PROMPT, 48, 32, manager);
                NDArray pooled = encoded.added().orElseThrow().pooledTextEmbeddings();
                assertEquals(
                        0,
                        TinyModel.distance(encoded.textEmbeddings(), expected.get(name + ".prompt_embeds")),
                        tolerance);
                assertEquals(0, TinyModel.distance(pooled, expected.get(name + ".pooled")), tolerance);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kohya",
                "kohya-sgm",
                "lycoris",
                "peft",
                "peft-default",
                "diffusers",
                "processors",
                "decomposed",
                "alpha-0"
            })
    void computesWhatTheReferenceComputes(String dialect) {
        assertTrue(
                TinyModel.distance(expected.get("plain.unet"), expected.get(dialect + ".unet")) > 0.1,
                "the LoRA changes the noise");
        assertComputes(dialect, 1e-5, lora(dialect, 1, 1));
    }

    /** Every layer of the blocks and of the only text encoder, whose keys begin with {@code lora_te_}. */
    @ParameterizedTest
    @CsvSource({"kohya, 1", "plain, 0"})
    void computesWithStableDiffusionOne(String name, double strength) throws IOException {
        try (TinyModel first = new TinyModel(ReferenceTensors.folder().resolve("tiny-sd1"))) {
            ReferenceTensors results = first.reference("loras-sd1");
            ReferenceTensors given = first.reference("families");
            for (String output : List.of(".unet", ".prompt_embeds")) {
                assertTrue(TinyModel.distance(results.get("plain" + output), results.get("kohya" + output)) > 0.1);
            }
            ModelConfiguration adapted =
                    ModelConfiguration.of(LoraModel.of(first.folder, List.of(lora("sd1-kohya", strength, strength))));
            NetworkLoader networks = new NetworkLoader(adapted, first.kernels, first.manager);
            NDArray noise = networks.unet(Precision.FLOAT32)
                    .forward(
                            given.get("sd1.unet.odd.sample"),
                            (double) given.get("sd1.unet.odd.timestep").getLong(0),
                            new Conditioning(given.get("sd1.unet.odd.states"), Optional.empty()),
                            AttentionProcessor.plain(first.kernels));
            assertEquals(0, TinyModel.distance(noise, results.get(name + ".unet")), 1e-5);
            try (PromptEncoder encoder = networks.promptEncoder(Precision.FLOAT32)) {
                NDArray states = encoder.encode(PROMPT, 32, 32, first.manager).textEmbeddings();
                assertEquals(0, TinyModel.distance(states, results.get(name + ".prompt_embeds")), 1e-5);
            }
        }
    }

    @Test
    void severalLorasAreAddedWithTheirStrengths() {
        assertComputes("both", 1e-5, lora("kohya", 0.8, 0.5), lora("processors", -0.4, 0.6));
    }

    @Test
    void withoutStrengthTheModelIsUnchanged() {
        assertComputes("plain", 1e-5, lora("kohya", 0, 0));
    }

    /** The base is float16 on disk: adding to the rounded weight, or rounding twice, would give other bits. */
    @ParameterizedTest
    @ValueSource(strings = {"float16", "bfloat16"})
    void theSumIsRoundedOnce(String dtype) {
        Precision precision = Precision.named(dtype).orElseThrow();
        ModelSource adapted = LoraModel.of(model.folder, List.of(lora("kohya", 0.7, 1), lora("decomposed", 0.3, 1)));
        try (NDManager manager = model.manager.newSubManager()) {
            NDArray exact = adapted.weights("unet", model.kernels, Precision.FLOAT32, manager)
                    .tensor(ADAPTED, 32, 32, 3, 3);
            NDArray rounded =
                    adapted.weights("unet", model.kernels, precision, manager).tensor(ADAPTED, 32, 32, 3, 3);
            NDArray once = model.kernels.cast(model.kernels.cast(exact, precision), Precision.FLOAT32);
            assertEquals(0, TinyModel.distance(once, model.kernels.cast(rounded, Precision.FLOAT32)));
            assertTrue(TinyModel.distance(once, exact) > 0, "rounding is visible");
        }
    }

    @Test
    void aNetworkReadsEveryTensorOnce() {
        ModelSource adapted = LoraModel.of(model.folder, List.of(lora("kohya", 1, 1)));
        try (NDManager manager = model.manager.newSubManager()) {
            Weights weights = adapted.weights("unet", model.kernels, Precision.BFLOAT16, manager);
            assertTrue(weights.unread().contains(ADAPTED));
            new UNet(weights, model.configuration.unet(), Precision.BFLOAT16, model.kernels);
            weights.requireAllRead();
        }
    }

    /** The factors of every layer together are larger than what one layer needs. */
    @Test
    void onlyTheSumsStayInMemory() {
        ModelSource adapted = LoraModel.of(model.folder, List.of(lora("kohya", 1, 1)));
        try (NDManager manager = model.manager.newSubManager()) {
            Weights weights = adapted.weights("unet", model.kernels, Precision.FLOAT32, manager);
            weights.tensor(ADAPTED, 32, 32, 3, 3);
            assertEquals(1, manager.getManagedArrays().size());
        }
    }
}
