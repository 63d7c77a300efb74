package org.atelier.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.atelier.api.AtelierException;
import org.junit.jupiter.api.Test;

/** Uses file lists of public models. */
class SelectionTest {

    private static final List<String> SDXL = List.of(
            ".gitattributes",
            "01.png",
            "LICENSE.md",
            "README.md",
            "model_index.json",
            "scheduler/scheduler_config.json",
            "sd_xl_base_1.0.safetensors",
            "sd_xl_base_1.0_0.9vae.safetensors",
            "text_encoder/config.json",
            "text_encoder/flax_model.msgpack",
            "text_encoder/model.fp16.safetensors",
            "text_encoder/model.onnx",
            "text_encoder/model.safetensors",
            "text_encoder/openvino_model.bin",
            "text_encoder/openvino_model.xml",
            "tokenizer/merges.txt",
            "tokenizer/special_tokens_map.json",
            "tokenizer/tokenizer_config.json",
            "tokenizer/vocab.json",
            "unet/config.json",
            "unet/diffusion_flax_model.msgpack",
            "unet/diffusion_pytorch_model.fp16.safetensors",
            "unet/diffusion_pytorch_model.safetensors",
            "unet/diffusion_pytorch_model.bin",
            "unet/model.onnx",
            "unet/model.onnx_data",
            "vae/config.json",
            "vae/diffusion_pytorch_model.fp16.safetensors",
            "vae/diffusion_pytorch_model.safetensors",
            "vae_1_0/config.json",
            "vae_1_0/diffusion_pytorch_model.safetensors",
            "vae_decoder/config.json",
            "vae_decoder/model.onnx");

    private static final List<String> COMPONENTS =
            List.of("", "scheduler/", "text_encoder/", "tokenizer/", "unet/", "vae/");

    private static final List<String> WHISPER = List.of(
            ".gitattributes",
            "README.md",
            "config.json",
            "generation_config.json",
            "merges.txt",
            "preprocessor_config.json",
            "tokenizer.json",
            "vocab.json",
            "onnx/decoder_model.onnx",
            "onnx/decoder_model_merged.onnx",
            "onnx/decoder_model_merged_fp16.onnx",
            "onnx/decoder_model_merged_quantized.onnx",
            "onnx/decoder_with_past_model.onnx",
            "onnx/encoder_model.onnx",
            "onnx/encoder_model.onnx_data",
            "onnx/encoder_model_fp16.onnx",
            "onnx/encoder_model_q4.onnx");

    @Test
    void selectsOneVariantOfEachComponentOfAPipeline() {
        assertEquals(
                List.of(
                        "model_index.json",
                        "scheduler/scheduler_config.json",
                        "text_encoder/config.json",
                        "text_encoder/model.fp16.safetensors",
                        "tokenizer/merges.txt",
                        "tokenizer/special_tokens_map.json",
                        "tokenizer/tokenizer_config.json",
                        "tokenizer/vocab.json",
                        "unet/config.json",
                        "unet/diffusion_pytorch_model.fp16.safetensors",
                        "vae/config.json",
                        "vae/diffusion_pytorch_model.fp16.safetensors"),
                chosen(new SafetensorsSelection("fp16", COMPONENTS, true), SDXL));
    }

    @Test
    void selectsTheFilesWithoutAVariantByDefault() {
        List<String> chosen = chosen(new SafetensorsSelection("", COMPONENTS, true), SDXL);
        assertTrue(chosen.contains("unet/diffusion_pytorch_model.safetensors"), chosen::toString);
        assertTrue(chosen.stream().noneMatch(path -> path.contains("fp16")), chosen::toString);
    }

    @Test
    void selectsShardsAndTheirIndexInEitherSpelling() {
        List<String> sharded = List.of(
                "unet/diffusion_pytorch_model-00001-of-00002.safetensors",
                "unet/diffusion_pytorch_model-00002-of-00002.safetensors",
                "unet/diffusion_pytorch_model.safetensors.index.json",
                "unet/diffusion_pytorch_model.fp16-00001-of-00001.safetensors",
                "unet/diffusion_pytorch_model.safetensors.index.fp16.json",
                "vae/diffusion_pytorch_model-00001-of-00001.fp16.safetensors",
                "vae/diffusion_pytorch_model.fp16.safetensors.index.json",
                "vae/diffusion_pytorch_model.safetensors");
        assertEquals(
                sharded.subList(3, 7),
                chosen(new SafetensorsSelection("fp16", List.of("unet/", "vae/"), true), sharded));
        assertEquals(
                List.of(sharded.get(0), sharded.get(1), sharded.get(2), sharded.get(7)),
                chosen(new SafetensorsSelection("", List.of("unet/", "vae/"), true), sharded));
    }

    @Test
    void rejectsAnUnknownVariantAndListsTheAvailableOnes() {
        assertTrue(
                fault(new SafetensorsSelection("bf16", COMPONENTS, true), SDXL).contains("[fp16]"));
        assertTrue(fault(
                        new SafetensorsSelection("", List.of("unet/"), true),
                        List.of("unet/diffusion_pytorch_model.fp16.safetensors"))
                .contains("choose one of [fp16] with --variant"));
    }

    @Test
    void selectsNoPickles() {
        String fault = fault(
                new SafetensorsSelection("", List.of("unet/"), true),
                List.of("unet/config.json", "unet/diffusion_pytorch_model.bin"));
        assertTrue(fault.contains("diffusion_pytorch_model.bin, which is not supported"), fault);
    }

    @Test
    void selectsEachGraphOfAnExportOnceInOneDataType() {
        List<String> sideFiles = WHISPER.subList(2, 8);
        List<String> full = chosen(new OnnxSelection("fp32", List.of()), WHISPER);
        assertEquals(sideFiles, full.subList(0, 6));
        assertEquals(
                List.of("onnx/decoder_model_merged.onnx", "onnx/encoder_model.onnx", "onnx/encoder_model.onnx_data"),
                full.subList(6, full.size()));
        List<String> half = chosen(new OnnxSelection("fp16", List.of()), WHISPER);
        assertEquals(
                List.of("onnx/decoder_model_merged_fp16.onnx", "onnx/encoder_model_fp16.onnx"),
                half.subList(6, half.size()));
    }

    @Test
    void selectsOnlyTheGraphsNamedByTheTable() {
        List<String> chosen = chosen(new OnnxSelection("q4", List.of("encoder_model")), WHISPER);
        assertEquals(List.of("onnx/encoder_model_q4.onnx"), chosen.subList(6, chosen.size()));
        assertTrue(fault(new OnnxSelection("fp32", List.of("vision_model")), WHISPER)
                .contains("encoder_model"));
    }

    @Test
    void rejectsAMissingDataTypeAndListsTheAvailableOnes() {
        String fault = fault(new OnnxSelection("q8", List.of()), WHISPER);
        assertTrue(
                fault.contains("encoder_model.onnx does not exist in dtype q8: choose one of fp32, fp16, q4"), fault);
        assertThrows(AtelierException.class, () -> new OnnxSelection("float32", List.of()));
    }

    private static String fault(FileSelection selection, List<String> paths) {
        AtelierException fault = assertThrows(AtelierException.class, () -> chosen(selection, paths));
        assertEquals(AtelierException.Code.INVALID_REQUEST, fault.code());
        return fault.getMessage();
    }

    private static List<String> chosen(FileSelection selection, List<String> paths) {
        List<RemoteFile> files = paths.stream()
                .map(path -> new RemoteFile(path, 1, new BlobDigest("0".repeat(40))))
                .toList();
        List<String> chosen = selection.of(files).stream().map(RemoteFile::path).toList();
        assertEquals(chosen.size(), new TreeSet<>(chosen).size(), "none is taken twice");
        return chosen;
    }

    @Test
    void acceptsOnlyPathsInsideTheFolder() {
        for (String path :
                List.of("../x", "a/../x", "/etc/passwd", "a//b", "C:/x", "a\\b", "", "a/", ".", "a/./b", "a\u0000")) {
            assertEquals(false, RemoteFile.isSafe(path), path);
        }
        for (String path : Arrays.asList("config.json", "onnx/model.onnx", ".gitattributes", "a b/ü..json")) {
            assertEquals(true, RemoteFile.isSafe(path), path);
        }
    }
}
