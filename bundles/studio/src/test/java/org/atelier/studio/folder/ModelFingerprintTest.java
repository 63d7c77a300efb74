package org.atelier.studio.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.atelier.models.source.ModelFolder;
import org.atelier.studio.resolve.FakeLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFingerprintTest {

    @TempDir
    private Path elsewhere;

    @Test
    void doesNotDependOnThePathOfTheModel() throws IOException {
        copySketchbook();

        assertEquals(of(FakeLibrary.SKETCHBOOK), of(elsewhere));
    }

    @Test
    void changesWithAConfigurationButNotWithAReadme() throws IOException {
        copySketchbook();
        Files.writeString(elsewhere.resolve("README.md"), "Another text.");
        assertEquals(of(FakeLibrary.SKETCHBOOK), of(elsewhere));

        Path scheduler = elsewhere.resolve("scheduler/scheduler_config.json");
        Files.writeString(scheduler, Files.readString(scheduler).replace("0.012", "0.013"));
        assertNotEquals(of(FakeLibrary.SKETCHBOOK), of(elsewhere));
    }

    @Test
    void changesWithTheValuesOfWeights() throws IOException {
        copySketchbook();
        Path weights = elsewhere.resolve("unet/diffusion_pytorch_model.safetensors");
        byte[] numbers = Files.readAllBytes(weights);
        for (int i = numbers.length / 2; i < numbers.length; i++) {
            numbers[i] ^= 1;
        }
        Files.write(weights, numbers);

        assertNotEquals(of(FakeLibrary.SKETCHBOOK), of(elsewhere));
    }

    private static String of(Path folder) {
        return ModelFingerprint.of(ModelFolder.open(folder));
    }

    private void copySketchbook() throws IOException {
        try (Stream<Path> files = Files.walk(FakeLibrary.SKETCHBOOK)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = elsewhere.resolve(
                        FakeLibrary.SKETCHBOOK.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
