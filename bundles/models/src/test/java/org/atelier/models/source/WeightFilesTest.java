package org.atelier.models.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.models.Samples;
import org.atelier.models.naming.DiffusersNaming;
import org.atelier.models.source.WeightSet.Located;
import org.atelier.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFilesTest {

    private static final String STEM = "diffusion_pytorch_model";

    @TempDir
    private Path folder;

    private void file(String name, String... tensors) throws IOException {
        Files.write(
                folder.resolve(name),
                Samples.safetensors(Samples.header("F16", "[1]", 2, tensors), new byte[2 * tensors.length]));
    }

    private void index(String name, String weightMap) throws IOException {
        Files.writeString(folder.resolve(name), "{\"metadata\":{},\"weight_map\":" + weightMap + "}");
    }

    private Map<String, Located> fitting(Precision precision) {
        return WeightFiles.in(folder, STEM, DiffusersNaming.AS_STORED).fitting(precision);
    }

    private static String fileOf(Map<String, Located> weights, String tensor) {
        return weights.get(tensor).file().path().getFileName().toString();
    }

    @Test
    void selectsTheVariantByPrecision() throws IOException {
        file(STEM + ".safetensors", "a");
        file(STEM + ".fp16.safetensors", "a");
        assertEquals(STEM + ".safetensors", fileOf(fitting(Precision.FLOAT32), "a"));
        assertEquals(STEM + ".fp16.safetensors", fileOf(fitting(Precision.FLOAT16), "a"));
        assertEquals(STEM + ".fp16.safetensors", fileOf(fitting(Precision.BFLOAT16), "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".fp16"})
    void usesASingleVariantForAllPrecisions(String variant) throws IOException {
        file(STEM + variant + ".safetensors", "a");
        for (Precision precision : Precision.values()) {
            assertEquals(STEM + variant + ".safetensors", fileOf(fitting(precision), "a"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                STEM + ".safetensors.index.json",
                STEM + ".safetensors.index.fp16.json",
                STEM + ".safetensors.fp16.index.json"
            })
    void mergesShards(String index) throws IOException {
        file("one.safetensors", "a", "b");
        file("two.safetensors", "c");
        index(index, "{\"a\":\"one.safetensors\",\"b\":\"one.safetensors\",\"c\":\"two.safetensors\"}");

        Map<String, Located> weights = fitting(Precision.FLOAT32);
        assertEquals(Set.of("a", "b", "c"), weights.keySet());
        assertEquals("one.safetensors", fileOf(weights, "b"));
        assertEquals("two.safetensors", fileOf(weights, "c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside.safetensors",
                "/outside.safetensors",
                "sub/inside.safetensors",
                "..\\\\outside.safetensors",
                "C:outside.safetensors",
                "nul\\u0000.safetensors",
                ".safetensors",
                "model.bin",
                ""
            })
    void rejectsShardsOutsideTheFolder(String shard) throws IOException {
        Files.write(
                folder.resolveSibling("outside.safetensors"),
                Samples.safetensors(Samples.header("F16", "[1]", 2, "a"), new byte[2]));
        index(STEM + ".safetensors.index.json", "{\"a\":\"" + shard + "\"}");
        assertTrue(Samples.fault(() -> fitting(Precision.FLOAT32))
                .contains("not the name of a safetensors file in this folder"));
    }

    @Test
    void listsEveryInvalidShard() throws IOException {
        file("one.safetensors", "a");
        file("three.safetensors", "a");
        Files.write(folder.resolve("four.safetensors"), new byte[5]);
        index(
                STEM + ".safetensors.index.json",
                "{\"a\":\"one.safetensors\",\"b\":\"one.safetensors\",\"c\":\"two.safetensors\",\"d\":\"four.safetensors\"}");
        String fault = Samples.fault(() -> fitting(Precision.FLOAT32));

        assertEquals(4, fault.lines().count(), fault);
        assertTrue(fault.contains("one.safetensors: lacks the tensor b"), fault);
        assertTrue(fault.contains("two.safetensors: the file is missing"), fault);
        assertTrue(fault.contains("four.safetensors: the file is truncated"), fault);
    }

    @Test
    void rejectsATensorInTwoShards() throws IOException {
        file("one.safetensors", "a");
        file("two.safetensors", "a", "b");
        index(STEM + ".safetensors.index.json", "{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}");
        assertTrue(Samples.fault(() -> fitting(Precision.FLOAT32)).contains("a is also in one.safetensors"));
    }

    @Test
    void readsTextEncodersWithAndWithoutPrefix() throws IOException {
        for (String prefix : List.of("", "text_model.")) {
            file(
                    "model.safetensors",
                    prefix + "embeddings.token_embedding.weight",
                    prefix + "embeddings.position_ids",
                    prefix + "encoder.layers.0.mlp.fc1.bias",
                    prefix + "final_layer_norm.weight",
                    "text_projection.weight");
            assertEquals(
                    Set.of(
                            "text_model.embeddings.token_embedding.weight",
                            "text_model.encoder.layers.0.mlp.fc1.bias",
                            "text_model.final_layer_norm.weight",
                            "text_projection.weight"),
                    WeightFiles.in(folder, "model", DiffusersNaming.CLIP_TEXT)
                            .fitting(Precision.FLOAT32)
                            .keySet());
        }
    }

    @Test
    void renamesTheOldAttentionOfAutoencoders() throws IOException {
        String attention = "encoder.mid_block.attentions.0.";
        Files.write(
                folder.resolve(STEM + ".safetensors"),
                Samples.safetensors(
                        Samples.header(
                                "F16",
                                "[1,1,1,1]",
                                2,
                                attention + "query.weight",
                                attention + "key.weight",
                                attention + "value.weight",
                                attention + "proj_attn.weight",
                                attention + "group_norm.weight",
                                "quant_conv.weight"),
                        new byte[12]));
        Map<String, Located> weights =
                WeightFiles.in(folder, STEM, DiffusersNaming.AUTOENCODER).fitting(Precision.FLOAT32);

        assertEquals(
                Set.of(
                        attention + "to_q.weight",
                        attention + "to_k.weight",
                        attention + "to_v.weight",
                        attention + "to_out.0.weight",
                        attention + "group_norm.weight",
                        "quant_conv.weight"),
                weights.keySet());
        assertEquals(
                List.of(1L, 1L),
                weights.get(attention + "to_out.0.weight").entry().shape());
        assertEquals(
                List.of(1L, 1L, 1L, 1L),
                weights.get("quant_conv.weight").entry().shape());
    }
}
