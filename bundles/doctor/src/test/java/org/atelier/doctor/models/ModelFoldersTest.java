package org.atelier.doctor.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelFiles;
import org.atelier.doctor.LoggedEntries;
import org.atelier.models.library.HubCache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class ModelFoldersTest {

    private static final String COMMIT = "0123456789012345678901234567890123456789";

    @TempDir
    private Path home;

    private Path repository;
    private Path snapshot;
    private List<String> faults = List.of();

    /** One model of the hub. */
    @BeforeEach
    void fetch() throws IOException {
        repository = home.resolve("hub/models--org--name");
        snapshot = Files.createDirectories(repository.resolve("snapshots").resolve(COMMIT));
        Files.createDirectories(repository.resolve("blobs"));
    }

    @Test
    void acceptsAModelWithoutFaultsAndReportsAMissingImageModel() {
        assertEquals(
                List.of(
                        "CRITICAL models: There is no model that generates images. Copy models/sketchbook from the distribution, or"
                                + " fetch one: \"atelier models\" lists them.",
                        "OK models: 1 models are here."),
                examine());
    }

    @Test
    void namesEveryFaultOfAModelAndTheCommandThatFetchesIt() {
        faults = List.of("it lacks decoder.onnx.", "it lacks encoder.onnx.");

        assertEquals(
                "CRITICAL model little: it lacks decoder.onnx.\nit lacks encoder.onnx. Fetch what is missing with \"atelier"
                        + " models pull little\"; \"atelier models verify little\" compares hashes.",
                examine().get(0));
    }

    @Test
    void namesAnInterruptedPull() throws IOException {
        Files.createFile(repository.resolve("blobs/c0ffee.incomplete"));

        assertEquals(
                "WARN model org/name: A pull of it was interrupted or is running: 1 of its files are incomplete. Continue it"
                        + " with \"atelier models pull org/name\".",
                examine().get(0));
    }

    @Test
    void namesAFileWithoutContent() throws IOException {
        Files.createSymbolicLink(snapshot.resolve("config.json"), Path.of("../../blobs/gone"));

        assertEquals(
                "CRITICAL model org/name: The content of 1 of its files is missing: config.json. Fetch it again with \"atelier"
                        + " models pull org/name\".",
                examine().get(0));
    }

    @Test
    void namesAFolderThatIsNotAModel() throws IOException {
        Files.createDirectories(home.resolve("models/empty"));

        assertEquals("CRITICAL models/empty", examine().get(0).split(":")[0]);
    }

    @Test
    void namesADanglingLinkAmongTheModels() throws IOException {
        Path shelf = Files.createDirectories(home.resolve("models"));
        Files.createSymbolicLink(shelf.resolve("gone"), home.resolve("nowhere"));

        assertEquals(
                "CRITICAL models/gone: It is a dangling symbolic link. Restore its target, or remove the link.",
                examine().get(0));
    }

    @Test
    void theRemedyForASingleFileConcernsThatFile() throws IOException {
        Path ink = Files.createFile(
                Files.createDirectories(home.resolve("models/loras")).resolve("ink.safetensors"));
        faults = List.of("the file is empty.");

        assertEquals(
                "CRITICAL model ink: the file is empty. Copy the file " + ink + " again, or remove it.",
                examine(new InstalledModel("ink", "lora", "", "", ink, 0)).get(0));
        Path folder = Files.createDirectories(home.resolve("models/dream"));
        assertEquals(
                "CRITICAL model dream: the file is empty. Copy the whole folder " + folder + " again.",
                examine(new InstalledModel("dream", "images", "", "", folder, 0))
                        .get(0));
    }

    private List<String> examine() {
        return examine(new InstalledModel("little", "speech", "org/name", COMMIT, snapshot, 0));
    }

    private List<String> examine(InstalledModel little) {
        return LoggedEntries.of(
                new ModelFolders(new InstalledOne(little), model -> faults, home, new HubCache(home.resolve("hub")))
                        .execute());
    }

    /** One model. */
    public record InstalledOne(InstalledModel model) implements ModelFiles {

        @Override
        public Path folder(String name) {
            throw new AtelierException(Code.MODEL_NOT_FOUND, name);
        }

        @Override
        public List<InstalledModel> installed() {
            return List.of(model);
        }
    }
}
