package org.atelier.models.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.atelier.models.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers with a few tensors each; what a file is follows from their names and shapes. */
class CheckpointFileTest {

    private static final String UNET = "model.diffusion_model.";
    private static final String TEXT_KEYS = UNET + "middle_block.1.transformer_blocks.0.attn2.to_k.weight";
    private static final String BIAS = UNET + "output_blocks.11.1.transformer_blocks.0.norm1.bias";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lora_unet_down_blocks_0.lora_down.weight | this is a LoRA, not a model; give it with --lora.",
                "double_blocks.0.img_attn.qkv.weight | this is a FLUX model",
                "model.diffusion_model.double_blocks.0.img_attn.qkv.weight | this is a FLUX model",
                "model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight | this is a Stable Diffusion 3 model",
                "control_model.input_blocks.0.0.weight | this is a ControlNet in original names",
                "image_proj.proj.weight | this is an IP-Adapter",
                "down_blocks.0.motion_modules.0.proj_in.weight | this is a motion module of AnimateDiff",
                "down_blocks.0.resnets.0.conv1.weight | this is a part of a UNet in diffusers' names",
                "text_model.embeddings.token_embedding.weight | this is a text encoder",
                "emb_params | this is a textual inversion embedding",
                "encoder.conv_in.weight | this is a VAE without the other parts of a model; give it with --vae.",
                "something.else | this is not a model that is known here: its tensors are named something.else.",
            })
    void otherFilesAreRefusedByWhatTheyAre(String tensor, String sentence) throws IOException {
        String fault = Samples.fault(() -> open(Map.of(tensor, List.of(1L)), Map.of()));
        assertTrue(fault.startsWith(folder.resolve("file.safetensors") + ": " + sentence), fault);
        assertFalse(fault.contains("\n"), fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8 | 768 | an InstructPix2Pix model",
                "5 | 1024 | a depth-to-image model",
                "7 | 1024 | an upscaler",
                "4 | 640 | text embeddings of 640 channels",
            })
    void relativesAreRefusedByTheirShapes(long channels, long text, String what) throws IOException {
        String fault = Samples.fault(() -> open(unet(channels, text), Map.of()));
        assertTrue(fault.contains(what), fault);
    }

    @ParameterizedTest
    @CsvSource({"edm_mean, Playground 2.5", "edm_vpred.sigma_max, EDM"})
    void otherNoiseSchedulesAreRefused(String mark, String what) throws IOException {
        Map<String, List<Long>> tensors = unet(4, 768);
        tensors.put(mark, List.of(4L));
        assertTrue(Samples.fault(() -> open(tensors, Map.of())).contains(what));
    }

    @Test
    void unClipAndTheRefinerAreRefused() throws IOException {
        Map<String, List<Long>> unclip = unet(4, 1024);
        unclip.put(UNET + "label_emb.0.0.weight", List.of(8L, 4L));
        assertTrue(Samples.fault(() -> open(unclip, Map.of())).contains("an unCLIP model"));
        Map<String, List<Long>> refiner = unet(4, 1280);
        refiner.put(UNET + "label_emb.0.0.weight", List.of(8L, 4L));
        assertTrue(Samples.fault(() -> open(refiner, Map.of())).contains("the refiner of Stable Diffusion XL"));
    }

    @ParameterizedTest
    @CsvSource({"4, 2, SSD-1B", "2, 1, Segmind Vega", "10, 2, other blocks"})
    void distilledModelsAreRefusedByTheirDepths(int last, int middle, String name) throws IOException {
        Map<String, List<Long>> tensors = unet(4, 2048);
        tensors.remove(TEXT_KEYS);
        tensors.put(UNET + "label_emb.0.0.weight", List.of(8L, 4L));
        for (int block : new int[] {4, 5, 7, 8}) {
            int depth = block < 6 ? middle : last;
            tensors.put(
                    UNET + "input_blocks." + block + ".1.transformer_blocks." + (depth - 1) + ".attn2.to_k.weight",
                    List.of(1L, 2048L));
        }
        String fault = Samples.fault(() -> open(tensors, Map.of()));
        assertTrue(fault.contains(name), fault);
    }

    @Test
    void aFileOfTwoModelsIsRefused() throws IOException {
        Map<String, List<Long>> two = unet(4, 1024);
        two.put("cond_stage_model.transformer.text_model.final_layer_norm.bias", List.of(4L));
        assertTrue(Samples.fault(() -> open(two, Map.of())).contains("mixes two models"));
        Map<String, List<Long>> copies = unet(4, 768);
        copies.put("first_stage_model.encoder.conv_in.bias", List.of(4L));
        copies.put("vae.encoder.conv_in.bias", List.of(4L));
        assertTrue(Samples.fault(() -> open(copies, Map.of())).contains("two different copies of its VAE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"F8_E4M3", "F8_E5M2"})
    void weightsInEightBitsAreRefusedByName(String type) throws IOException {
        Path file = folder.resolve("file.safetensors");
        Map<String, List<Long>> tensors = unet(4, 768);
        Files.write(file, bytes(tensors, Map.of(), type, 1, new byte[0]));
        assertTrue(Samples.fault(() -> CheckpointFile.open(file)).contains("stored in 8 bits (" + type + ")"));
    }

    @Test
    void scaledWeightsAreRefused() throws IOException {
        Map<String, List<Long>> tensors = unet(4, 768);
        tensors.put("scaled_fp8", List.of(0L));
        assertTrue(Samples.fault(() -> open(tensors, Map.of())).contains("8 bits (scaled_fp8)"));
    }

    @Test
    void thePredictionIsThatOfTheMetadataThenOfTheMarks() throws IOException {
        assertEquals(Optional.empty(), open(unet(4, 768), Map.of()).prediction(true));
        assertEquals(
                Optional.of("v_prediction"),
                open(unet(4, 768), Map.of("modelspec.prediction_type", "v")).prediction(false));
        Map<String, List<Long>> marked = unet(4, 768);
        marked.put("v_pred", List.of(0L));
        marked.put("ztsnr", List.of(0L));
        CheckpointFile file = open(marked, Map.of());
        assertEquals(Optional.of("v_prediction"), file.prediction(false));
        assertTrue(file.zeroTerminalSnr());
        assertEquals(
                Optional.of("epsilon"),
                open(marked, Map.of("modelspec.prediction_type", "epsilon")).prediction(false));
    }

    /** ComfyUI's rule: a standard deviation above .09. */
    @ParameterizedTest
    @CsvSource({"F32, 0.1, v_prediction", "F32, 0.08, epsilon", "F16, 0.1, v_prediction", "BF16, 0.08, epsilon"})
    void aStableDiffusion2IsJudgedByOneTensor(String type, float value, String prediction) throws IOException {
        Map<String, List<Long>> tensors = new LinkedHashMap<>();
        tensors.put(BIAS, List.of(2L));
        tensors.putAll(unet(4, 1024));
        int size = type.equals("F32") ? 4 : 2;
        ByteBuffer values = ByteBuffer.allocate(2 * size).order(ByteOrder.LITTLE_ENDIAN);
        for (float each : new float[] {value, -value}) {
            switch (type) {
                case "F32" -> values.putFloat(each);
                case "BF16" -> values.putShort((short) (Float.floatToIntBits(each) >>> 16));
                default -> values.putShort((short) ((each < 0 ? 0x8000 : 0) | 0x2E66));
            }
        }
        Path path = folder.resolve("file.safetensors");
        Files.write(path, bytes(tensors, Map.of(), type, size, values.array()));
        CheckpointFile file = CheckpointFile.open(path);

        assertEquals(Architecture.SD2, file.architecture());
        assertEquals(Optional.of(prediction), file.prediction(true));
        assertEquals(Optional.empty(), file.prediction(false));
        assertEquals(
                prediction.equals("epsilon") ? "stable-diffusion-2" : "stable-diffusion-2-v",
                file.publishedConfiguration());
    }

    @ParameterizedTest
    @CsvSource({"768, false, SD1", "1024, false, SD2", "2048, true, SDXL"})
    void aUNetAloneInDiffusersNamesIsRecognised(long text, boolean pooled, Architecture expected) throws IOException {
        CheckpointFile file = open(diffusers(4, text, pooled), Map.of());
        assertEquals(expected, file.architecture());
        assertEquals(Set.of("unet"), file.parts().keySet());
        assertEquals(0, file.guidanceChannels());
        assertFalse(file.isComplete());
        assertEquals(Map.of(), file.ignored());

        Map<String, List<Long>> consistency = diffusers(9, text, pooled);
        consistency.put("time_embedding.cond_proj.weight", List.of(8L, 256L));
        CheckpointFile guided = open(consistency, Map.of());
        assertEquals(256, guided.guidanceChannels());
        assertTrue(guided.isInpainting());
    }

    @Test
    void relativesInDiffusersNamesAreRefused() throws IOException {
        Map<String, List<Long>> refiner = diffusers(4, 1280, true);
        assertTrue(Samples.fault(() -> open(refiner, Map.of())).contains("the refiner of Stable Diffusion XL"));
        Map<String, List<Long>> unclip = diffusers(4, 1024, false);
        unclip.put("class_embedding.linear_1.weight", List.of(8L, 4L));
        assertTrue(Samples.fault(() -> open(unclip, Map.of())).contains("an unCLIP model"));
        Map<String, List<Long>> distilled = diffusers(4, 2048, true);
        distilled.remove("mid_block.attentions.0.transformer_blocks.9.attn2.to_k.weight");
        assertTrue(Samples.fault(() -> open(distilled, Map.of())).contains("other blocks"));
        Map<String, List<Long>> motion = diffusers(4, 768, false);
        motion.put("down_blocks.0.motion_modules.0.proj_in.weight", List.of(1L));
        assertTrue(Samples.fault(() -> open(motion, Map.of())).contains("a motion module of AnimateDiff"));
    }

    /** The first and last layers, residual blocks that tell the levels, and attentions of the depths of the family. */
    private static Map<String, List<Long>> diffusers(long channels, long text, boolean pooled) {
        Map<String, List<Long>> tensors = new LinkedHashMap<>();
        tensors.put("conv_in.weight", List.of(1L, channels, 3L, 3L));
        tensors.put("conv_out.weight", List.of(4L, 1L, 3L, 3L));
        String keys = "%s.transformer_blocks.%d.attn2.to_k.weight";
        for (int level = 0; level < 3; level++) {
            for (int layer = 0; layer < 2; layer++) {
                tensors.put("down_blocks.%d.resnets.%d.conv1.weight".formatted(level, layer), List.of(1L));
                int depth = pooled ? new int[] {0, 2, 10}[level] : 1;
                if (depth > 0) {
                    String place = "down_blocks.%d.attentions.%d".formatted(level, layer);
                    tensors.put(keys.formatted(place, depth - 1), List.of(1L, text));
                }
            }
        }
        tensors.put(keys.formatted("mid_block.attentions.0", pooled ? 9 : 0), List.of(1L, text));
        if (pooled) {
            tensors.put("add_embedding.linear_1.weight", List.of(8L, 4L));
        }
        return tensors;
    }

    @Test
    void namesTheConfigurationOfAnInpaintingModel() throws IOException {
        CheckpointFile file = open(unet(9, 768), Map.of());
        assertTrue(file.isInpainting());
        assertEquals("stable-diffusion-1-inpainting", file.publishedConfiguration());
        assertTrue(
                Files.isDirectory(Path.of("../../distribution/models-config").resolve(file.publishedConfiguration())));
    }

    @ParameterizedTest
    @CsvSource({
        "89504e470d0a1a0a0000000d, a PNG image",
        "ffd8ffe000104a464946, a JPEG image",
        "800263746f726368, a pickle",
        "504b030414000800, a pickle"
    })
    void filesOfOtherFormatsAreNamed(String hex, String what) throws IOException {
        Path file = folder.resolve("file.safetensors");
        Files.write(file, HexFormat.of().parseHex(hex));
        String fault = Samples.fault(() -> CheckpointFile.open(file));
        assertTrue(fault.contains(what), fault);
        assertFalse(fault.contains("\n"), fault);
    }

    private static Map<String, List<Long>> unet(long channels, long text) {
        Map<String, List<Long>> tensors = new LinkedHashMap<>();
        tensors.put(UNET + "input_blocks.0.0.weight", List.of(1L, channels, 3L, 3L));
        tensors.put(TEXT_KEYS, List.of(1L, text));
        return tensors;
    }

    private CheckpointFile open(Map<String, List<Long>> tensors, Map<String, String> metadata) throws IOException {
        Path file = folder.resolve("file.safetensors");
        Files.write(file, bytes(tensors, metadata, "F16", 2, new byte[0]));
        return CheckpointFile.open(file);
    }

    private static byte[] bytes(
            Map<String, List<Long>> tensors, Map<String, String> metadata, String type, int size, byte[] first) {
        List<String> entries = new ArrayList<>();
        if (!metadata.isEmpty()) {
            List<String> texts = new ArrayList<>();
            metadata.forEach((key, value) -> texts.add("\"" + key + "\":\"" + value + "\""));
            entries.add("\"__metadata__\":{" + String.join(",", texts) + "}");
        }
        long begin = 0;
        for (Map.Entry<String, List<Long>> tensor : tensors.entrySet()) {
            long end = begin + size * tensor.getValue().stream().reduce(1L, (a, b) -> a * b);
            entries.add("\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(tensor.getKey(), type, tensor.getValue(), begin, end));
            begin = end;
        }
        byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + (int) begin).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header).put(first);
        return file.array();
    }
}
