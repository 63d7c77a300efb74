package org.atelier.models.lora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.models.Samples;
import org.atelier.models.source.ModelFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraFileTest {

    /** A layer of sketchbook whose weight is (96, 96). */
    private static final String QUERY = "down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q";

    private static final String KOHYA = "lora_unet_" + QUERY.replace('.', '_');

    @TempDir
    private Path folder;

    private final Map<String, long[]> shapes = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private float value = 1;

    private LoraFileTest tensor(String name, long... shape) {
        shapes.put(name, shape);
        return this;
    }

    private LoraFileTest pair(String name, String down, String up, long rank) {
        return tensor(name + down, rank, 96).tensor(name + up, 96, rank);
    }

    private Path file() throws IOException {
        JsonObject header = new JsonObject();
        if (!metadata.isEmpty()) {
            JsonObject texts = new JsonObject();
            metadata.forEach(texts::addProperty);
            header.add("__metadata__", texts);
        }
        long begin = 0;
        for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
            long end = begin + 4 * Arrays.stream(tensor.getValue()).reduce(1, (a, b) -> a * b);
            header.add(
                    tensor.getKey(),
                    JsonParser.parseString("{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(Arrays.toString(tensor.getValue()), begin, end)));
            begin = end;
        }
        ByteBuffer data = ByteBuffer.allocate((int) begin).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining()) {
            data.putFloat(value);
        }
        Path file = folder.resolve("some.safetensors");
        Files.write(file, Samples.safetensors(header.toString(), data.array()));
        return file;
    }

    private LoraFile open() throws IOException {
        return LoraFile.open(file());
    }

    private String fault() {
        String fault = Samples.fault(this::open);
        assertEquals(1, fault.lines().count(), fault);
        assertTrue(fault.startsWith(folder.resolve("some.safetensors") + ": "), fault);
        return fault.substring(fault.indexOf(": ") + 2);
    }

    private String misfit() throws IOException {
        LoraFile lora = open();
        String fault = Samples.fault(
                () -> LoraModel.of(ModelFolder.open(Samples.SKETCHBOOK), List.of(new AppliedLora(lora, 1, 1))));
        assertEquals(1, fault.lines().count(), fault);
        return fault.substring(fault.indexOf(": ") + 2);
    }

    @Test
    void describesItselfAndShowsControlCharacters() throws IOException {
        metadata.put("ss_base_model_version", "sdxl_base_v1-0");
        metadata.put("ss_output_name", "\u001b[2Jink\nand wash");
        metadata.put("ss_tag_frequency", "{\"a\":{\"fox\":2,\"ink\\u001b[0m\":5},\"b\":{\"fox\":4},\"c\":7}");
        value = 3;
        LoraFile lora = pair(KOHYA, ".lora_down.weight", ".lora_up.weight", 4)
                .tensor(KOHYA + ".alpha")
                .pair(
                        "lora_te2_text_model_encoder_layers_0_self_attn_q_proj",
                        ".lora_down.weight",
                        ".lora_up.weight",
                        2)
                .open();

        assertEquals(
                new LoraDescription(
                        "kohya",
                        "Stable Diffusion XL",
                        List.of(2L, 4L),
                        List.of(2.0, 3.0),
                        1,
                        1,
                        "\\u001b[2Jink and wash",
                        List.of("fox", "ink\\u001b[0m"),
                        ""),
                lora.description());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lora_unet_mid.hada_w1_a                | a LoHa",
                "lora_unet_mid.lokr_w1                  | a LoKr",
                "lora_unet_mid.oft_blocks               | an OFT or BOFT",
                "lora_unet_mid.oft_diag                 | an OFT or BOFT",
                "lora_unet_mid.a1.weight                | a GLoRA",
                "lora_unet_mid.on_input                 | an (IA)",
                "lora_unet_mid.dora_scale               | a DoRA",
                "unet.mid.lora_magnitude_vector.weight  | a DoRA",
                "lora_unet_mid.diff                     | full differences of weights",
                "lora_unet_mid.diff_b                   | full differences of weights",
                "lora_unet_mid.set_weight               | full differences of weights",
                "lora_unet_mid.w_norm                   | full differences of weights",
                "unet.mid.lora_B.bias                   | a LoRA with biases",
                "lora_controlnet                        | a LoRA of a ControlNet",
                "lora_transformer_x.lora_down.weight    | a diffusion transformer",
                "transformer.x.lora_A.weight            | a diffusion transformer",
                "lora_unet_double_blocks_0_img_attn.lora_up.weight | a diffusion transformer",
                "lora_te3_encoder.lora_down.weight      | a diffusion transformer",
                "lora_prior_unet_x.lora_down.weight     | a LoRA of a prior",
                "bundle_emb.x.string_to_param.*         | textual inversions",
            })
    void refusesOtherAdaptersByName(String key, String title) {
        String fault = pair(KOHYA, ".lora_down.weight", ".lora_up.weight", 4)
                .tensor(key, 2, 2)
                .fault();

        assertTrue(fault.startsWith("is ") && fault.contains(title), fault);
        assertTrue(fault.endsWith("only a plain LoRA can be added."), fault);
    }

    @Test
    void refusesWhatIsNotALora() {
        assertEquals(
                "not a LoRA: its tensors have other names, such as model.diffusion_model.x.weight.",
                tensor("model.diffusion_model.x.weight", 2, 2).fault());
    }

    @Test
    void refusesMixedDialects() {
        assertEquals(
                "mixes the names of kohya and PEFT; a LoRA has one spelling. Convert it anew from its source.",
                pair(KOHYA, ".lora_down.weight", ".lora_up.weight", 4)
                        .pair("unet.conv_in", ".lora_A.weight", ".lora_B.weight", 4)
                        .fault());
    }

    @Test
    void listsUnknownTensors() {
        pair(KOHYA, ".lora_down.weight", ".lora_up.weight", 4);
        for (int i = 0; i < 6; i++) {
            tensor("stray." + i, 1);
        }

        assertEquals(
                "6 of its tensors are not known in a LoRA: stray.0, stray.1, stray.2, stray.3, … (2 more).", fault());
    }

    @Test
    void refusesALayerWithoutAMatrix() {
        assertEquals(
                "The layer " + KOHYA.substring("lora_unet_".length()) + " has no matrix \"up\".",
                tensor(KOHYA + ".lora_down.weight", 4, 96).fault());
    }

    @Test
    void refusesATensorThatIsGivenTwice() {
        String fault = pair("unet." + QUERY, ".lora_A.weight", ".lora_B.weight", 4)
                .tensor(QUERY + ".lora_A.default.weight", 4, 96)
                .fault();

        assertTrue(fault.endsWith("is given twice, in two spellings."), fault);
    }

    @Test
    void refusesNanAndInfinity() {
        pair(KOHYA, ".lora_down.weight", ".lora_up.weight", 4);
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            value = bad;
            assertEquals(KOHYA + ".lora_down.weight holds NaN or infinity; fetch the LoRA again.", fault());
        }
    }

    @Test
    void refusesAnEmptyRank() {
        assertTrue(pair(KOHYA, ".lora_down.weight", ".lora_up.weight", 0)
                .fault()
                .endsWith("of shape [0, 96] is not a matrix or a convolution."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"lora_alpha\": 2}                                              | 0.5",
                "{\"unet.lora_alpha\": 2, \"text_encoder.lora_alpha\": 9}         | 0.5",
                "{\"unet.lora_alpha\": 2, \"unet.use_rslora\": true}              | 1.0",
                "{\"unet.lora_alpha\": 2, \"unet.alpha_pattern\": {\"to_q\": 8}}  | 2.0",
                "{\"unet.lora_alpha\": 2, \"unet.alpha_pattern\": {\"o_q\": 8}}   | 0.5",
                "{\"text_encoder.lora_alpha\": 9}                                 | 1.0",
                "{\"unet.lora_alpha\": 0}                                         | 1.0",
            })
    void readsTheAlphaOfPeft(String config, double scale) throws IOException {
        metadata.put("lora_adapter_metadata", config);

        LoraFile lora =
                pair("unet." + QUERY, ".lora_A.weight", ".lora_B.weight", 4).open();

        assertEquals(scale, lora.adapters().get(0).scale());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[                                               | its metadata lora_adapter_metadata is not valid JSON.",
                "7                                               | its metadata lora_adapter_metadata is not a JSON object.",
                "{\"unet.lora_alpha\": \"x\"}                    | The lora_alpha of lora_adapter_metadata is not a number.",
                "{\"unet.alpha_pattern\": 7}                     | The alpha_pattern of lora_adapter_metadata is not a JSON object.",
                "{\"unet.alpha_pattern\": {\"(a+)+$\": 7}}       | The alpha_pattern '(a+)+$' of lora_adapter_metadata is an expression; only names of layers are supported.",
                "{\"unet.use_dora\": true}                       | is a DoRA, which also has a magnitude (use_dora); only a plain LoRA can be added.",
            })
    void refusesAnInvalidConfigurationOfPeft(String config, String message) {
        metadata.put("lora_adapter_metadata", config);

        assertEquals(
                message,
                pair("unet." + QUERY, ".lora_A.weight", ".lora_B.weight", 4).fault());
    }

    @Test
    void namesAFaultOfAllLayersOnce() {
        metadata.put("lora_adapter_metadata", "{\"unet.alpha_pattern\": 7}");
        pair("unet.one", ".lora_A.weight", ".lora_B.weight", 4);

        assertEquals(
                "The alpha_pattern of lora_adapter_metadata is not a JSON object.",
                pair("unet.two", ".lora_A.weight", ".lora_B.weight", 4).fault());
    }

    @Test
    void listsLayersThatTheModelLacks() throws IOException {
        for (int i = 0; i < 5; i++) {
            pair("lora_unet_nowhere_" + i, ".lora_down.weight", ".lora_up.weight", 4);
        }
        pair("lora_te_text_model_nowhere", ".lora_down.weight", ".lora_up.weight", 4);

        assertEquals(
                "6 of its layers are not in the model sketchbook: nowhere_0, nowhere_1, nowhere_2, nowhere_3, … (2 more);"
                        + " choose a model that the LoRA was trained for.",
                misfit());
    }

    @Test
    void refusesAnotherShape() throws IOException {
        tensor(KOHYA + ".lora_down.weight", 4, 95).tensor(KOHYA + ".lora_up.weight", 96, 4);

        assertEquals(
                "1 of its layers have another shape than those of the model sketchbook: "
                        + KOHYA.substring("lora_unet_".length())
                        + " has down [4, 95] and up [96, 4], but the weight of the model is [96, 96].",
                misfit());
    }

    @Test
    void refusesLayerNamesOfTwoCodes() throws IOException {
        String fault = pair(KOHYA, ".lora_down.weight", ".lora_up.weight", 4)
                .pair(
                        "lora_unet_middle_block_1_transformer_blocks_0_attn1_to_q",
                        ".lora_down.weight",
                        ".lora_up.weight",
                        4)
                .misfit();

        assertTrue(fault.startsWith("mixes the layer names of diffusers ("), fault);
    }

    @Test
    void refusesALoraOfAnotherFamilyByItsText() throws IOException {
        String key = "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k";
        tensor(key + ".lora_down.weight", 4, 768).tensor(key + ".lora_up.weight", 96, 4);

        assertEquals(
                "is a LoRA for Stable Diffusion 1: its text conditioning has 768 channels, that of the model sketchbook"
                        + " 160; choose a LoRA of the model's family.",
                misfit());
    }

    @Test
    void refusesALoraOfAnotherFamilyByItsMetadata() throws IOException {
        metadata.put("ss_base_model_version", "sd_v2_v");

        assertEquals(
                "is a LoRA for Stable Diffusion 2: the model sketchbook is a Stable Diffusion XL; choose a LoRA of the"
                        + " model's family.",
                pair(KOHYA, ".lora_down.weight", ".lora_up.weight", 4).misfit());
    }

    @Test
    void refusesAPickleByItsContent() throws IOException {
        Path file = folder.resolve("some.safetensors");
        Files.write(file, new byte[] {'P', 'K', 3, 4, 0, 0, 8, 8, 0, 0});

        assertTrue(Samples.fault(() -> LoraFile.open(file)).contains("this is a pickle"));
    }
}
