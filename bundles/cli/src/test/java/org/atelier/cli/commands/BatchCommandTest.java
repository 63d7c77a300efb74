package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchCommandTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @Test
    void generatesIntoTheFolderOfTheFilesName() {
        assertEquals(0, line.run("batch", "campaigns/spring.yaml"), line.err());

        assertEquals(Path.of("/home/user/spring"), line.batches.folder);
        assertEquals(
                List.of(
                        "pop-art-cats  2 images",
                        "pop-art-birds  2 images",
                        "woodcut  2 images",
                        "batch.json",
                        "index.html",
                        "/home/user/spring"),
                line.out().lines().toList());
        assertEquals(
                List.of(
                        "1 of 3 sets are complete already.",
                        "Set 2 of 3: pop-art-birds",
                        "This model is a toy.",
                        "Set 3 of 3: woodcut (less than a minute left)"),
                line.err().lines().toList());
    }

    @Test
    void theExitCodeIsThatOfTheSetThatFailed() {
        line.batches.failing = "woodcut";

        assertEquals(5, line.run("batch", "spring.yaml", "--out", "there"));

        assertEquals(Path.of("/home/user/there"), line.batches.folder);
        assertTrue(line.out().contains("woodcut  failed\n"), line.out());
        assertTrue(line.err().contains("atelier: woodcut: Not enough memory.\n"), line.err());
    }

    @Test
    void printsJson() {
        line.batches.failing = "woodcut";

        assertEquals(5, line.run("batch", "spring.yaml", "--json", "--quiet"));

        JsonObject json = JsonParser.parseString(line.out()).getAsJsonObject();
        assertEquals("/home/user/spring/batch.json", json.get("record").getAsString());
        JsonObject failed = json.getAsJsonArray("sets").get(2).getAsJsonObject();
        assertEquals("out_of_memory", failed.get("code").getAsString());
        assertEquals("", line.err());
    }

    @Test
    void aDryRunListsTheSets() {
        assertEquals(0, line.run("batch", "spring.yaml", "--dry-run"));

        assertEquals(
                List.of(
                        "pop-art-cats  2 images, seed 7",
                        "pop-art-birds  2 images, seed 7",
                        "woodcut  2 images, seed 7",
                        "3 sets, 6 images"),
                line.out().lines().toList());
        assertNull(line.batches.folder);
    }

    @Test
    void canBeCancelled() throws Exception {
        line.cancellation.request(Duration.ZERO);

        assertEquals(130, line.run("batch", "spring.yaml"));

        assertTrue(line.err().endsWith("atelier: Cancelled; 1 of 3 sets are complete.\n"), line.err());
    }
}
