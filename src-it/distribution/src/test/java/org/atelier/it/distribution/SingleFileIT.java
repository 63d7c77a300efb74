package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sketchbook as one file: at a path, in a folder of models, and on the hub. */
@Timeout(300)
class SingleFileIT {

    @TempDir
    private Path folder;

    private AssembledDistribution distribution;
    private Path sketchbook;

    @BeforeEach
    void writeTheFile() throws IOException {
        distribution = new AssembledDistribution().copiedTo(folder.resolve("atelier"));
        sketchbook = distribution.home().resolve("models/sketchbook").toRealPath();
        SketchbookFile.write(sketchbook, folder.resolve("sketch.safetensors"));
    }

    @Test
    void theFileAndTheUNetAloneGiveThePixelsOfTheFolder() throws Exception {
        generate("whole", "--model", "sketchbook");
        generate("file", "--model", "sketch.safetensors", "--model-config", "sketchbook");
        Path unet = sketchbook.resolve("unet/diffusion_pytorch_model.safetensors");
        generate("unet", "--model", unet.toString(), "--model-config", "sketchbook");

        assertSamePixels("whole", "file");
        assertSamePixels("whole", "unet");
        JsonObject set = JsonParser.parseString(Files.readString(folder.resolve("file/set.json")))
                .getAsJsonObject()
                .getAsJsonObject("request");
        assertEquals(64, set.get("model_sha256").getAsString().length());
        assertEquals("epsilon", set.get("prediction").getAsString());

        Run refused = run(Map.of(), "generate", "a house", "--model", unet.toString(), "--out", "refused");
        assertEquals(3, refused.exitCode(), refused.err());
        assertTrue(refused.err().contains("--model-config"), refused.err());
        assertEquals(1, refused.err().lines().count(), refused.err());
        assertFalse(Files.exists(folder.resolve("refused")));
    }

    @Test
    void aFileInAFolderOfModelsIsFoundByItsName() throws Exception {
        Path shelf = Files.createDirectories(folder.resolve("shelf"));
        Files.move(folder.resolve("sketch.safetensors"), shelf.resolve("sketch.safetensors"));
        Files.writeString(
                distribution.home().resolve("config/org.atelier.models.library.InstalledModels.cfg"),
                "folders = " + shelf + "\n");
        generate("whole", "--model", "sketchbook");
        generate("file", "--model", "sketch", "--model-config", "sketchbook");

        assertSamePixels("whole", "file");
        assertTrue(Files.readString(folder.resolve("file/set.json")).contains("\"model\": \"sketch\""));
        String listed = succeed("models", "list").out();
        assertTrue(listed.contains("sketch (images)"), listed);
        assertFalse(listed.contains("cannot be used"), listed);
        assertTrue(succeed("models", "inspect", "sketch").out().contains("unet, vae, text_encoder, text_encoder_2"));
        assertEquals(
                shelf.resolve("sketch.safetensors").toString(),
                succeed("models", "path", "sketch").out().strip());

        Files.writeString(shelf.resolve("broken.safetensors"), "broken");
        Run doctor = run(Map.of(), "doctor");
        doctor.exitCode();
        assertTrue(
                doctor.out().replaceAll("\\s+", " ").contains("Copy the file " + shelf.resolve("broken.safetensors")),
                doctor.out());
    }

    @Test
    void inspectTellsWhatTheFileIs() throws Exception {
        String told = succeed("models", "inspect", "sketch.safetensors").out();
        for (String fact : List.of(
                "kind             checkpoint",
                "family           Stable Diffusion XL",
                "prediction       epsilon",
                "input channels   4",
                "parts            unet, vae, text_encoder, text_encoder_2",
                "configuration    none: its sizes are not published; give --model-config")) {
            assertTrue(told.contains(fact), told);
        }
        JsonObject json = JsonParser.parseString(succeed("models", "inspect", "--json", "sketch.safetensors")
                        .out())
                .getAsJsonObject();
        assertEquals("checkpoint", json.get("kind").getAsString());
        assertEquals(4, json.get("input_channels").getAsInt());
        assertTrue(succeed("models", "inspect", "sketchbook").out().contains("kind             model"));
        assertTrue(succeed("models", "inspect", "sketchbook-chalk").out().contains("kind             lora"));
    }

    @Test
    void oneFileOfARepositoryIsFetchedAndUsed() throws Exception {
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Files.move(folder.resolve("sketch.safetensors"), repository.resolve("sketch.safetensors"));
        Files.writeString(repository.resolve("other.safetensors"), "not needed");
        try (FolderHub hub = new FolderHub(Map.of("org/quick", repository))) {
            Map<String, String> environment = Map.of(
                    "HF_ENDPOINT", hub.endpoint(),
                    "HF_HUB_CACHE", folder.resolve("cache").toString(),
                    "HF_HUB_OFFLINE", "0");
            Run pulled = run(environment, "models", "pull", "org/quick:sketch.safetensors");
            assertEquals(0, pulled.exitCode(), pulled.err());
            Path file = Path.of(pulled.out().strip());
            assertTrue(Files.isRegularFile(file), pulled.out());
            assertFalse(Files.exists(file.resolveSibling("other.safetensors")));
            Run unnamed = run(environment, "models", "pull", "org/quick");
            assertEquals(2, unnamed.exitCode(), unnamed.err());
            assertTrue(unnamed.err().contains("org/quick:sketch.safetensors"), unnamed.err());

            generate("whole", "--model", "sketchbook");
            generate(environment, "file", "--model", "org/quick:sketch.safetensors", "--model-config", "sketchbook");
            assertSamePixels("whole", "file");
        }
    }

    private void generate(String out, String... options) throws Exception {
        generate(Map.of(), out, options);
    }

    private void generate(Map<String, String> environment, String out, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "generate",
                "a house",
                "a boat",
                "--style",
                "pop art",
                "--size",
                "64x64",
                "--steps",
                "2",
                "--seed",
                "3"));
        arguments.addAll(List.of("--out", out));
        arguments.addAll(Arrays.asList(options));
        Run run = run(environment, arguments.toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.err());
    }

    private Run succeed(String... arguments) throws Exception {
        Run run = run(Map.of(), arguments);
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private Run run(Map<String, String> environment, String... arguments) throws IOException {
        return distribution.begin(folder, environment, arguments);
    }

    private void assertSamePixels(String expected, String actual) throws IOException {
        for (String name : List.of("000.png", "001.png")) {
            BufferedImage first =
                    ImageIO.read(folder.resolve(expected).resolve(name).toFile());
            BufferedImage second =
                    ImageIO.read(folder.resolve(actual).resolve(name).toFile());
            int[] pixels = first.getRGB(0, 0, first.getWidth(), first.getHeight(), null, 0, first.getWidth());
            assertEquals(
                    Arrays.hashCode(pixels),
                    Arrays.hashCode(
                            second.getRGB(0, 0, second.getWidth(), second.getHeight(), null, 0, second.getWidth())),
                    actual + "/" + name);
        }
    }
}
