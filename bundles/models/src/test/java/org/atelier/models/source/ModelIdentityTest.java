package org.atelier.models.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import org.atelier.models.Samples;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.safetensors.TensorEntry;
import org.atelier.tensor.Precision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelIdentityTest {

    private static final String OWN = of(Samples.SKETCHBOOK);

    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void copy() {
        model = folder.resolve("another-name");
        Samples.copy(Samples.SKETCHBOOK, model);
    }

    @Test
    void doesNotDependOnLocationAndFormatting() throws IOException {
        Files.writeString(model.resolve("README.md"), "Another text.");
        Files.writeString(model.resolve("unet/notes.txt"), "Of no weight.");
        Path config = model.resolve("unet/config.json");
        replace(config, "\"_diffusers_version\": \"", "\"_diffusers_version\": \"99.");
        assertEquals(OWN, of(model));
    }

    @Test
    void doesNotDependOnTheFilesThatHoldTheWeights() throws IOException {
        Path whole = model.resolve("vae/diffusion_pytorch_model.safetensors");
        Path shard = whole.resolveSibling("diffusion_pytorch_model-00001-of-00001.safetensors");
        Files.move(whole, shard);
        StringBuilder places = new StringBuilder();
        for (String tensor : SafetensorsFile.open(shard).tensors().keySet()) {
            places.append(places.isEmpty() ? "" : ",").append("\"" + tensor + "\":\"" + shard.getFileName() + "\"");
        }
        Files.writeString(
                whole.resolveSibling("diffusion_pytorch_model.safetensors.index.json"),
                "{\"weight_map\":{" + places + "}}");

        assertEquals(OWN, of(model));
    }

    @ParameterizedTest
    @CsvSource({
        "unet/diffusion_pytorch_model, conv_in.bias",
        "unet/diffusion_pytorch_model, LARGEST",
        "vae/diffusion_pytorch_model, LARGEST",
        "text_encoder/model, LARGEST",
    })
    void changesWithTheDataOfATensor(String part, String name) throws IOException {
        Path path = model.resolve(part + ".safetensors");
        SafetensorsFile file = SafetensorsFile.open(path);
        TensorEntry tensor = name.equals("LARGEST")
                ? Collections.max(file.tensors().values(), Comparator.comparingLong(TensorEntry::bytes))
                : file.tensors().get(name);
        byte[] content = Files.readAllBytes(path);
        long data = content.length - dataBytes(file);
        // Training moves the low bits of every number.
        for (long at = tensor.begin(); at < tensor.end(); at += tensor.type().bytes()) {
            content[(int) (data + at)] ^= 1;
        }
        Samples.overwrite(path, content);

        assertNotEquals(OWN, of(model));
    }

    @Test
    void changesWithConfigurationAndVocabulary() throws IOException {
        Path scheduler = model.resolve("scheduler/scheduler_config.json");
        replace(scheduler, "0.012", "0.013");
        assertNotEquals(OWN, of(model));
        replace(scheduler, "0.013", "0.012");
        assertEquals(OWN, of(model));

        replace(model.resolve("tokenizer_2/vocab.json"), "\"house", "\"mouse");
        assertNotEquals(OWN, of(model));
    }

    private static long dataBytes(SafetensorsFile file) {
        return file.tensors().values().stream().mapToLong(TensorEntry::bytes).sum();
    }

    private static String of(Path folder) {
        return ModelFolder.open(folder).identity(Precision.FLOAT32);
    }

    private static void replace(Path file, String old, String replacement) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.contains(old), "the test must change something");
        int at = text.indexOf(old);
        Files.writeString(file, text.substring(0, at) + replacement + text.substring(at + old.length()));
    }
}
