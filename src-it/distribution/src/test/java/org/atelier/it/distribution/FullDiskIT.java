package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A set whose files find no place in the middle of it: one clear message, and it goes on when there is place. */
@Timeout(480)
@EnabledOnOs(OS.LINUX)
class FullDiskIT {

    /** In half kilobytes, as the shell counts: more than the journal has and less than the checkpoint. */
    private static final int FOR_NO_CHECKPOINT = 24;

    /** More than any image has and less than the contact sheet. */
    private static final int FOR_IMAGES = 50;

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    private static String[] generation() {
        return new String[] {
            "generate",
            "a house",
            "a fish",
            "a cat",
            "a boat",
            "--seed=3",
            "--steps=3",
            "--size=64x64",
            "--chunk=2",
            "--sampler=unipc",
            "--quiet",
            "--out=set"
        };
    }

    @Test
    void keepsFilesAndResumesWhenTheDiskHasRoom() throws Exception {
        Run undisturbed = distribution.begin(folder.resolve("undisturbed"), generation());
        assertEquals(0, undisturbed.exitCode(), undisturbed.err());

        Run full = distribution.beginWithinFilesOf(FOR_IMAGES, folder.resolve("full"), generation());
        assertEquals(4, full.exitCode(), full.err());
        Path set = folder.resolve("full/set");
        assertTrue(full.err().contains("set/contact-sheet.png cannot be written: "), full.err());
        assertTrue(full.err().contains("resume the set with: atelier generate --resume " + set), full.err());
        assertEquals(List.of("000.png", "001.png", "002.png", "003.png", "set.checkpoint", "set.journal"), names(set));

        Run resumed = distribution.begin(folder.resolve("full"), "generate", "--resume", "set", "--quiet");
        assertEquals(0, resumed.exitCode(), resumed.err());
        Path expected = folder.resolve("undisturbed/set");
        assertEquals(names(expected), names(set));
        for (String name : names(expected)) {
            assertArrayEquals(Files.readAllBytes(expected.resolve(name)), Files.readAllBytes(set.resolve(name)), name);
        }
    }

    @Test
    void leavesNothingIfNoCheckpointFits() throws Exception {
        Run full = distribution.beginWithinFilesOf(FOR_NO_CHECKPOINT, folder, generation());

        assertEquals(4, full.exitCode(), full.err());
        assertTrue(full.err().contains("set/set.checkpoint cannot be written: "), full.err());
        assertFalse(full.err().contains("--resume"), full.err());
        assertFalse(Files.exists(folder.resolve("set")));
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
