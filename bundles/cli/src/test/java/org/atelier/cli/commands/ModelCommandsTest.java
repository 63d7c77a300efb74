package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.atelier.api.model.PullRequest;
import org.junit.jupiter.api.Test;

class ModelCommandsTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @Test
    void listsModelsAndTheirVocabulary() {
        line.run("models");
        assertTrue(line.out().contains("toy (images)\n  A toy\n  128 x 128 pixels, 7 MB, /models/toy\n"), line.out());
        assertFalse(line.out().contains("fish"), line.out());

        line.run("models", "toy");
        assertTrue(line.out().contains("objects: house, fish\n"), line.out());
    }

    @Test
    void inspectsAFileAndShowsControlCharacters() {
        assertEquals(0, line.run("models", "inspect", "/files/dreams.safetensors"));
        assertTrue(line.out().contains("family           Stable Diffusion XL\n"), line.out());
        assertTrue(line.out().contains("size             1 kB\n"), line.out());
        assertTrue(line.out().contains("metadata         title: a\\u001b[2J"), line.out());

        assertEquals(0, line.run("models", "inspect", "--json", "/files/dreams.safetensors"));
        assertTrue(line.out().contains("\"kind\": \"checkpoint\""), line.out());
        assertTrue(line.out().contains("\"bytes\": 5"), line.out());
    }

    @Test
    void listsInstalledAndDownloadableModelsOfEveryKind() {
        assertEquals(0, line.run("models", "list"));
        assertTrue(line.out().contains("org/words (caption)\n  revision 0123456, 1.5 GB, /cache/words\n"), line.out());
        assertTrue(line.out().endsWith("Download with \"atelier models pull NAME\": voice.\n"), line.out());
    }

    @Test
    void pullsAModel() {
        assertEquals(0, line.run("models", "pull", "voice", "--dtype", "q8"));
        assertEquals(List.of(new PullRequest("voice", "", "q8")), line.hub.pulled);
        assertEquals("/cache/voice\n", line.out());
        assertTrue(line.err().contains("Downloading 2 files of org/voice at 0123456, 3 kB."), line.err());

        assertEquals(0, line.run("models", "pull", "org/sdxl", "--variant", "fp16"));
        assertEquals(new PullRequest("org/sdxl", "fp16", "fp32"), line.hub.pulled.get(1));
    }

    @Test
    void printsTheFolderOfAModel() {
        assertEquals(0, line.run("models", "path", "toy"));
        assertEquals("/models/toy\n", line.out());
        assertEquals(3, line.run("models", "path", "voice"));
    }

    @Test
    void verifiesDownloadedModels() {
        assertEquals(0, line.run("models", "verify"));
        assertTrue(line.out().endsWith("org/words is intact.\n"), line.out());
        line.hub.faults.add("config.json was damaged and has been removed.");
        assertEquals(3, line.run("models", "verify", "org/words"));
        assertTrue(line.err().contains("atelier: org/words: config.json was damaged"), line.err());
        assertTrue(line.err().contains("atelier models pull org/words"), line.err());
    }

    /** The check finds what no hash tells, such as a file that was never downloaded. */
    @Test
    void listAndVerificationReportAnIncompleteModel() {
        line.modelFaults = List.of("The model cannot be used:\n  /unet: has no weights.\n  /vae: has no weights.");

        assertEquals(3, line.run("models", "verify", "org/words"));
        assertTrue(line.err().contains("org/words: The model cannot be used:"), line.err());
        assertTrue(line.err().contains("/vae: has no weights."), line.err());
        assertFalse(line.out().contains("intact"), line.out());
        assertEquals(3, line.run("models", "verify", "toy"), "a model that is not from the hub");

        assertEquals(0, line.run("models"));
        assertTrue(line.out().contains("  cannot be used: /unet: has no weights.\n"), line.out());
        assertEquals(0, line.run("models", "--json"));
        assertTrue(line.out().contains("\"/vae: has no weights.\""), line.out());
    }

    @Test
    void downloadsAMissingModelOnlyWithPull() {
        line.run("generate", "a house", "-m", "voice");
        assertEquals(List.of(), line.hub.pulled);
        line.run("generate", "a house", "-m", "toy", "--pull");
        assertEquals(List.of(), line.hub.pulled);
        line.run("generate", "a house", "-m", "voice", "--pull");
        assertEquals(List.of(PullRequest.of("voice")), line.hub.pulled);
    }

    @Test
    void rejectsAnUnknownModel() {
        assertEquals(3, line.run("models", "none"));

        assertEquals("atelier: There is no model 'none'; available: org/words, toy.\n", line.err());
    }

    @Test
    void downloadsTheOtherModelsOfASetAfterTheBaseModel() {
        line.required.names.addAll(List.of("voice", "org/words", "edges", "voice"));
        line.run("generate", "a house", "-m", "other", "--speech", "note.wav");
        assertEquals(List.of(), line.hub.pulled);

        assertEquals(0, line.run("generate", "a house", "-m", "other", "--speech", "note.wav", "--pull"), line.err());
        assertEquals(List.of("other", "voice", "edges"), line.hub.pulledNames());
    }

    @Test
    void downloadsTheModelsOfContextsAndPreprocessors() {
        line.required.names.add("voice");
        line.run("describe", "--speech", "note.wav");
        line.run("preprocess", "depth", "room.png", "--out", "depth.png");
        assertEquals(List.of(), line.hub.pulled);

        assertEquals(0, line.run("describe", "--speech", "note.wav", "--pull"), line.err());
        line.required.names.set(0, "depths");
        assertEquals(0, line.run("preprocess", "depth", "room.png", "--out", "depth.png", "--pull"), line.err());
        assertEquals(List.of("voice", "depths"), line.hub.pulledNames());
    }
}
