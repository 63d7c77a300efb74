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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sketchbook as one file: at a path, in a folder of models, and on the hub. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SingleFileIT {

    private Path folder;
    private Path sketchbook;
    private AssembledDistribution distribution;
    private FolderHub hub;

    /** For a hub of one repository, which has the file and another one. */
    private Map<String, String> environment;

    /** Generates most of the sets: a process for each would start for longer than it generates. */
    private SetServer server;

    /** What the folder of the model gives. */
    private Path whole;

    @BeforeAll
    void writeTheFile(@TempDir Path temporary) throws Exception {
        folder = temporary;
        distribution = new AssembledDistribution().copiedTo(folder.resolve("atelier"));
        sketchbook = distribution.home().resolve("models/sketchbook").toRealPath();
        Path file = folder.resolve("sketch.safetensors");
        SketchbookFile.write(sketchbook, file);
        Path shelf = Files.createDirectories(folder.resolve("shelf"));
        Files.createLink(shelf.resolve("sketch.safetensors"), file);
        Files.writeString(
                distribution.home().resolve("config/org.atelier.models.library.InstalledModels.cfg"),
                "folders = " + shelf + "\n");
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Files.createLink(repository.resolve("sketch.safetensors"), file);
        Files.writeString(repository.resolve("other.safetensors"), "not needed");
        hub = new FolderHub(Map.of("org/quick", repository));
        environment = Map.of(
                "HF_ENDPOINT", hub.endpoint(),
                "HF_HUB_CACHE", folder.resolve("cache").toString(),
                "HF_HUB_OFFLINE", "0");
        server = SetServer.start(distribution, environment);
        whole = generate("whole", "model: sketchbook");
    }

    @AfterAll
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        hub.close();
    }

    @Test
    void theFileAndTheUNetAloneGiveThePixelsOfTheFolder() throws Exception {
        Run run = run(
                Map.of(),
                "generate",
                "a house",
                "a boat",
                "--style=pop art",
                "--size=64x64",
                "--steps=2",
                "--seed=3",
                "--model=sketch.safetensors",
                "--model-config=sketchbook",
                "--out=file");
        assertEquals(0, run.exitCode(), run.err());
        Path unet = sketchbook.resolve("unet/diffusion_pytorch_model.safetensors");

        assertSamePixels(whole, folder.resolve("file"));
        assertSamePixels(whole, generate("unet", "model: '%s'\nmodel_config: sketchbook".formatted(unet)));
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
        Path generated = generate("named", "model: sketch\nmodel_config: sketchbook");

        assertSamePixels(whole, generated);
        assertTrue(Files.readString(generated.resolve("set.json")).contains("\"model\": \"sketch\""));
        String listed = succeed("models", "list").out();
        assertTrue(listed.contains("sketch (images)"), listed);
        assertFalse(listed.contains("cannot be used"), listed);
        assertEquals(
                folder.resolve("shelf/sketch.safetensors").toString(),
                succeed("models", "path", "sketch").out().strip());

        Path broken = folder.resolve("shelf/broken.safetensors");
        Files.writeString(broken, "broken");
        String doctor = server.get("/doctor");
        assertTrue(doctor.contains("Copy the file " + broken), doctor);
        Files.delete(broken);
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
    }

    @Test
    void oneFileOfARepositoryIsFetchedAndUsed() throws Exception {
        Run pulled = run(environment, "models", "pull", "org/quick:sketch.safetensors");
        assertEquals(0, pulled.exitCode(), pulled.err());
        Path file = Path.of(pulled.out().strip());
        assertTrue(Files.isRegularFile(file), pulled.out());
        assertFalse(Files.exists(file.resolveSibling("other.safetensors")));

        assertSamePixels(whole, generate("pulled", "model: 'org/quick:sketch.safetensors'\nmodel_config: sketchbook"));
    }

    private Path generate(String out, String fields) throws Exception {
        return server.generate(folder.resolve(out), """
                items: [a house, a boat]
                style: pop art
                width: 64
                height: 64
                steps: 2
                seed: 3
                """ + fields);
    }

    private Run succeed(String... arguments) throws Exception {
        Run run = run(Map.of(), arguments);
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private Run run(Map<String, String> environment, String... arguments) throws IOException {
        return distribution.begin(folder, environment, arguments);
    }

    private static void assertSamePixels(Path expected, Path actual) throws IOException {
        for (String name : List.of("000.png", "001.png")) {
            assertEquals(pixels(expected.resolve(name)), pixels(actual.resolve(name)), actual + "/" + name);
        }
    }

    /** Their hash. */
    private static int pixels(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        return Arrays.hashCode(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()));
    }
}
