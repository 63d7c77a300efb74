package org.atelier.studio.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.model.InstalledModel;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.models.source.ModelFolder;
import org.atelier.studio.resolve.FakeLibrary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstalledModelCheckTest {

    @TempDir
    private Path home;

    private InstalledModelCheck check;

    @BeforeEach
    void open() {
        check = new InstalledModelCheck(new FakeLibrary(), Optional.of(home));
    }

    private static InstalledModel model(String kind, Path folder) {
        return new InstalledModel("little", kind, "", "", folder, 0);
    }

    /** A copy of sketchbook's files; large ones are linked, as in the hub's cache. */
    private Path copy() throws IOException {
        Path copy = home.resolve("model");
        try (Stream<Path> files = Files.walk(FakeLibrary.SKETCHBOOK, 2)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(FakeLibrary.SKETCHBOOK.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return copy;
    }

    @Test
    void acceptsACompleteModel() throws IOException {
        assertEquals(List.of(), check.faults(model("images", copy())));
    }

    @ParameterizedTest
    @CsvSource({
        "unet/diffusion_pytorch_model.safetensors, has no weights",
        "unet/config.json, the file is missing",
        "vae/diffusion_pytorch_model.safetensors, has no weights",
        "text_encoder/model.safetensors, has no weights",
        "tokenizer/vocab.json, has no vocabulary",
        "tokenizer_2/merges.txt, has no vocabulary",
        "tokenizer/tokenizer_config.json, the file is missing",
        "scheduler/scheduler_config.json, the file is missing",
        "model_index.json, model_index.json"
    })
    void findsWhatAGenerationFinds(String file, String fault) throws IOException {
        Path folder = copy();
        Path damaged = folder.resolve(file);
        long size = Files.size(damaged);
        Files.delete(damaged);
        assertFault(folder, fault);

        Files.createSymbolicLink(damaged, Path.of("../../blobs/gone"));
        assertFault(folder, fault);

        Files.delete(damaged);
        Files.createFile(damaged);
        assertFault(folder, "");

        Files.delete(damaged);
        Files.copy(FakeLibrary.SKETCHBOOK.resolve(file), damaged);
        try (FileChannel channel = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
            channel.truncate(size / 2);
        }
        if (!file.endsWith("merges.txt")) { // half of its merges are merges
            assertFault(folder, "");
        }
    }

    private void assertFault(Path folder, String fault) {
        AtelierException refused =
                assertThrows(AtelierException.class, () -> ModelConfiguration.of(ModelFolder.open(folder)));
        assertTrue(refused.getMessage().contains(fault), refused.getMessage());
        assertEquals(List.of(refused.getMessage()), check.faults(model("images", folder)));
    }

    @Test
    void findsAShardThatIsMissing() throws IOException {
        Path folder = copy();
        Path unet = folder.resolve("unet");
        Files.move(
                unet.resolve("diffusion_pytorch_model.safetensors"),
                unet.resolve("diffusion_pytorch_model-00001-of-00002.safetensors"));
        Files.writeString(
                unet.resolve("diffusion_pytorch_model.safetensors.index.json"),
                "{\"weight_map\": {\"conv_in.weight\": \"diffusion_pytorch_model-00001-of-00002.safetensors\","
                        + " \"conv_out.weight\": \"diffusion_pytorch_model-00002-of-00002.safetensors\"}}");

        assertFault(folder, "diffusion_pytorch_model-00002-of-00002.safetensors: the file is missing.");
    }

    @Test
    void acceptsGraphsOfAnyType() throws IOException {
        Path folder = graphs("encoder.onnx", "decoder_fp16.onnx");
        assertEquals(List.of(), check.faults(model("speech", folder)));
    }

    @Test
    void namesMissingGraphsAndFilesWithoutContent() throws IOException {
        Path folder = graphs("encoder.onnx");
        assertEquals(List.of(folder + " lacks decoder.onnx."), check.faults(model("speech", folder)));

        Files.createFile(folder.resolve("decoder.onnx"));
        Files.createSymbolicLink(folder.resolve("tokenizer.json"), Path.of("../../blobs/gone"));
        assertEquals(
                List.of(
                        folder.resolve("decoder.onnx") + ": the file is missing or empty.",
                        folder.resolve("tokenizer.json") + ": the file is missing or empty."),
                check.faults(model("speech", folder)));

        Path empty = Files.createDirectories(home.resolve("empty"));
        assertEquals(
                List.of(empty + " has no ONNX graph, neither itself nor in onnx/."),
                check.faults(model("speech", empty)));
    }

    @Test
    void saysWhyAConfigurationCannotBeRead() throws IOException {
        Path folder = Files.createDirectories(home.resolve("broken"));
        Files.createSymbolicLink(folder.resolve("config.json"), Path.of("gone"));
        assertEquals(
                List.of(folder.resolve("config.json") + ": the file is missing."),
                check.faults(model("unreadable", folder)));
    }

    private Path graphs(String... names) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/models.json"), """
                {"little": {"kind": "speech", "repository": "org/name", "revision": "main", "graphs": ["encoder", "decoder"]}}
                """);
        Path folder = Files.createDirectories(home.resolve("graphs/onnx")).getParent();
        for (String name : names) {
            Files.writeString(folder.resolve(name), "a graph");
        }
        return folder;
    }
}
