package org.atelier.models.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.atelier.files.Sha256;
import org.atelier.models.Samples;
import org.atelier.models.checkpoint.CheckpointFile;
import org.atelier.models.json.Settings;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiny models in original names, made by checkpoint_fixtures.py. */
class CheckpointModelTest {

    private static final Path FIXTURES =
            Path.of(System.getProperty("atelier.fixtures")).resolve("checkpoints");

    @TempDir
    private Path folder;

    /** The hashes are those of the tensors of the diffusers model that the script wrote. */
    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2", "sdxl"})
    void everyTensorEqualsThatOfTheModelToTheByte(String family) throws IOException {
        CheckpointFile checkpoint = checkpoint(family);
        ModelSource model = CheckpointModel.configuredAs(checkpoint, family, configuration(family));
        Map<String, Map<String, String>> expected = hashes(family);

        assertEquals(family, model.family().name());
        assertEquals(expected.keySet(), checkpoint.parts().keySet());
        for (String component : expected.keySet()) {
            boolean second = component.equals("text_encoder_2");
            int layers =
                    component.startsWith("text") ? model.settings(component).integer("num_hidden_layers") : 0;
            Map<String, String> found = new TreeMap<>();
            checkpoint
                    .parts()
                    .get(component)
                    .networkTensors(checkpoint.file().path(), layers, second)
                    .forEach(entry -> found.put(
                            entry.name() + " "
                                    + entry.shape().stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(",")),
                            hash(checkpoint.file().map(entry))));
            assertEquals(expected.get(component), found, component);
            assertEquals(expected.get(component).size(), model.shapes(component).size());
        }
    }

    @Test
    void copiesAndConstantsAreIgnored() {
        assertEquals(
                Map.of("EMA copies", 5, "noise schedule", 1), checkpoint("sd1").ignored());
        assertEquals(Map.of(), checkpoint("sd2").ignored());
        assertEquals(Map.of("noise schedule", 1), checkpoint("sdxl").ignored());
    }

    @Test
    void theFileOverridesThePredictionOfItsConfiguration() throws IOException {
        ModelSource model = CheckpointModel.configuredAs(checkpoint("sd2"), "sd2", configuration("sd2"));
        assertEquals("v_prediction", model.settings("scheduler").text("prediction_type"));
        model = CheckpointModel.configuredAs(checkpoint("sd1"), "sd1", configuration("sd1"));
        assertEquals("epsilon", model.settings("scheduler").text("prediction_type", "epsilon"));
    }

    @Test
    void aConfigurationOfAnotherFamilyIsRefused() throws IOException {
        Path other = configuration("sdxl");
        String fault = Samples.fault(() -> CheckpointModel.configuredAs(checkpoint("sd1"), "sd1", other));
        assertTrue(fault.contains("is a model of Stable Diffusion 1.x, but the configuration in"), fault);
        assertFalse(fault.contains("\n"), fault);
    }

    @Test
    void aFileIsNoConfiguration() {
        Path file = FIXTURES.resolve("sd1.safetensors");
        String fault = Samples.fault(() -> CheckpointModel.configuredAs(checkpoint("sd1"), "sd1", file));
        assertEquals(
                file.toAbsolutePath().normalize()
                        + ": this is a file; give the folder of a model in diffusers' layout.",
                fault);
    }

    @Test
    void aVaeIsReplacedByAFileOrAFolder() throws IOException {
        ModelSource model = ModelFolder.open(Samples.SKETCHBOOK);
        ModelSource same = ReplacedAutoencoder.in(model, Samples.SKETCHBOOK);
        assertEquals(model.identity(Precision.FLOAT32), same.identity(Precision.FLOAT32));
        assertEquals(model.shapes("vae"), same.shapes("vae"));

        Path file = Samples.SKETCHBOOK.resolve("vae/diffusion_pytorch_model.safetensors");
        ModelSource fromFile = ReplacedAutoencoder.in(model, file);
        assertEquals(model.identity(Precision.FLOAT32), fromFile.identity(Precision.FLOAT32));

        ModelSource other = ReplacedAutoencoder.in(model, FIXTURES.resolve("sd1.safetensors"));
        assertEquals(
                checkpoint("sd1").parts().get("vae").tensors().size(),
                other.shapes("vae").size());
        assertFalse(model.identity(Precision.FLOAT32).equals(other.identity(Precision.FLOAT32)));
    }

    @Test
    void aFolderWithoutAVaeIsRefused() throws IOException {
        ModelSource model = ModelFolder.open(Samples.SKETCHBOOK);
        assertTrue(Samples.fault(() -> ReplacedAutoencoder.in(model, folder)).contains("has no VAE"));
        Path unet = Samples.SKETCHBOOK.resolve("unet");
        assertTrue(Samples.fault(() -> ReplacedAutoencoder.in(model, unet)).contains("only AutoencoderKL"));
    }

    @Test
    void aUNetAloneInTheNamesOfDiffusersTakesTheOtherNetworksFromAModel() {
        Path unet = Samples.SKETCHBOOK.resolve("unet/diffusion_pytorch_model.safetensors");
        CheckpointFile checkpoint = CheckpointFile.open(unet);
        ModelSource model = CheckpointModel.configuredAs(checkpoint, "unet", Samples.SKETCHBOOK);
        assertEquals(
                ModelFolder.open(Samples.SKETCHBOOK).identity(Precision.FLOAT32), model.identity(Precision.FLOAT32));
        assertEquals(unet, model.path());

        String fault = Samples.fault(() -> CheckpointModel.withPublished(
                checkpoint, "unet", Samples.SKETCHBOOK, () -> Samples.SKETCHBOOK.resolve("tokenizer"), false));
        assertTrue(
                fault.endsWith("this is a UNet of Stable Diffusion XL without the other parts of a model;"
                        + " name a complete model with --model-config, whose parts are used."),
                fault);
    }

    /** tiny-lcm has the embedding of the guidance scale, which the configuration of the base model lacks. */
    @Test
    void anEmbeddingOfTheGuidanceScaleIsFoundInTheFile() throws IOException {
        Path fixtures = FIXTURES.getParent();
        CheckpointFile checkpoint =
                CheckpointFile.open(joined(fixtures.resolve("tiny-sdxl/unet"), fixtures.resolve("tiny-lcm/unet")));
        ModelSource model = CheckpointModel.configuredAs(checkpoint, "lcm", fixtures.resolve("tiny-sdxl"));
        Settings stated = Settings.read(fixtures.resolve("tiny-lcm/unet/config.json"));
        assertEquals(
                stated.integer("time_cond_proj_dim"), model.settings("unet").integer("time_cond_proj_dim"));
    }

    /** One file with the tensors of all safetensors files of the folders. */
    private Path joined(Path... folders) throws IOException {
        JsonObject header = new JsonObject();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Path each : folders) {
            try (Stream<Path> files = Files.list(each)) {
                for (Path path : files.filter(name -> name.toString().endsWith(".safetensors"))
                        .sorted()
                        .toList()) {
                    SafetensorsFile file = SafetensorsFile.open(path);
                    file.tensors().forEach((name, entry) -> {
                        JsonObject tensor = new JsonObject();
                        tensor.addProperty("dtype", entry.type().name());
                        tensor.add("shape", new Gson().toJsonTree(entry.shape()));
                        byte[] content = new byte[(int) entry.bytes()];
                        file.map(entry).get(content);
                        tensor.add(
                                "data_offsets",
                                new Gson().toJsonTree(List.of(bytes.size(), bytes.size() + content.length)));
                        bytes.writeBytes(content);
                        header.add(name, tensor);
                    });
                }
            }
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("joined.safetensors");
        Files.write(
                file,
                ByteBuffer.allocate(Long.BYTES + text.length + bytes.size())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(text.length)
                        .put(text)
                        .put(bytes.toByteArray())
                        .array());
        return file;
    }

    private static CheckpointFile checkpoint(String family) {
        return CheckpointFile.open(FIXTURES.resolve(family + ".safetensors"));
    }

    /** A folder in diffusers' layout without weights. */
    private Path configuration(String family) throws IOException {
        Path made = folder.resolve("configuration-" + family);
        Samples.copy(FIXTURES.resolve(family), made);
        List<String> components = family.equals("sdxl") ? List.of("tokenizer", "tokenizer_2") : List.of("tokenizer");
        for (String tokenizer : components) {
            Samples.copy(Samples.SKETCHBOOK.resolve(tokenizer), made.resolve(tokenizer));
        }
        Samples.copy(Samples.SKETCHBOOK.resolve("scheduler"), made.resolve("scheduler"));
        String index = Files.readString(Samples.SKETCHBOOK.resolve("model_index.json"));
        Files.writeString(
                made.resolve("model_index.json"),
                family.equals("sdxl") ? index : index.replace("StableDiffusionXLPipeline", "StableDiffusionPipeline"));
        return made;
    }

    /** The first half of the SHA-256 by component, and by name and shape. */
    private static Map<String, Map<String, String>> hashes(String family) throws IOException {
        Map<String, Map<String, String>> hashes = new TreeMap<>();
        try (Stream<String> lines = Files.lines(FIXTURES.resolve(family + ".tsv"))) {
            lines.map(line -> line.split("\t"))
                    .forEach(columns -> hashes.computeIfAbsent(columns[0], name -> new TreeMap<>())
                            .put(columns[1] + " " + networkShape(columns), columns[3]));
        }
        return hashes;
    }

    /** The networks have a matrix where the UNet of Stable Diffusion 1.x has a 1x1 convolution. */
    private static String networkShape(String[] columns) {
        boolean projection = columns[0].equals("unet") && columns[1].matches(".*\\.proj_(in|out)\\.weight");
        return projection ? columns[2].replaceFirst(",1,1$", "") : columns[2];
    }

    private static String hash(ByteBuffer bytes) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes);
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }
}
